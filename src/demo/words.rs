//! What the demo's checklists say. Every company, person and event in it is made up.

/// A section of the onboarding plan, with the sentences that its items are drawn from. `{}` stands
/// for the thing that a sentence is about.
pub(super) struct Chapter {
    pub(super) phase: usize,
    pub(super) title: &'static str,
    /// The first and the last day of its window.
    pub(super) window: (i64, i64),
    pub(super) lines: &'static [(&'static str, &'static str)],
}

/// Titles and windows of the phases.
pub(super) const PHASES: [(&str, (i64, i64)); 3] =
    [("Groundwork", (1, 30)), ("Building together", (21, 60)), ("Selling together", (50, 90))];

/// The plan.
pub(super) const CHAPTERS: [Chapter; 9] = [
    Chapter {
        phase: 0,
        title: "Legal & contracting",
        window: (1, 7),
        lines: &[
            ("Countersign {} and file a copy", "the mutual confidentiality agreement"),
            ("Walk their lawyers through {}", "the reseller agreement"),
            ("Settle the open points in {}", "the data processing terms"),
            ("Record {} in the CRM", "the registered company name and tax number"),
            ("Check {} against the sanctions lists", "the ownership structure"),
            ("Agree with finance on {}", "payment terms and currency"),
            ("Collect {} from their broker", "the insurance certificate"),
            ("Name who may sign {} on both sides", "orders above the limit"),
        ],
    },
    Chapter {
        phase: 0,
        title: "Accounts & access",
        window: (3, 14),
        lines: &[
            ("Create {} for everyone on the contact list", "portal logins"),
            ("Turn on {} for their domain", "single sign-on"),
            ("Hand over {} through the vault", "the sandbox credentials"),
            ("Add their engineers to {}", "the shared chat channel"),
            ("Test that {} reach their side", "incident notices"),
            ("Remove {} from the invitation list", "people who have left"),
            ("Explain {} to their administrator", "how roles and seats are counted"),
            ("Confirm {} with their security officer", "the list of allowed networks"),
        ],
    },
    Chapter {
        phase: 0,
        title: "Kickoff & people",
        window: (7, 21),
        lines: &[
            ("Hold {} with both teams in one room", "the kickoff workshop"),
            ("Write down {} and who decides it", "every open question"),
            ("Introduce {} to their counterparts", "our field engineers"),
            ("Agree on {} and who joins it", "the weekly call"),
            ("Share {} with everyone who was invited", "the minutes of the kickoff"),
            ("Find a sponsor for {} in their management", "the partnership"),
            ("Set up {} that both sides can edit", "a joint project plan"),
            ("Ask for {} and plan around them", "holidays and freeze periods"),
        ],
    },
    Chapter {
        phase: 1,
        title: "Technical integration",
        window: (21, 45),
        lines: &[
            ("Draw {} and have both architects approve it", "the data flow diagram"),
            ("Connect {} to our event stream", "their order system"),
            ("Run {} in the sandbox without errors for a week", "the nightly import"),
            ("Measure {} under twice the expected load", "the response times of the lookup API"),
            ("Replace {} by tokens that expire", "the shared API key"),
            ("Prove that {} can be restored from a backup", "a customer's configuration"),
            ("Document {} with an example for each", "the error codes they will meet"),
            ("Schedule {} with their security team", "the penetration test"),
        ],
    },
    Chapter {
        phase: 1,
        title: "Training & enablement",
        window: (28, 50),
        lines: &[
            ("Train {} on the live product", "the first group of consultants"),
            ("Certify {} before they meet customers", "two solution architects"),
            ("Record {} for those who were absent", "the demo session"),
            ("Translate {} into the languages they sell in", "the quick start guide"),
            ("Hand {} to their sales team", "battle cards and price lists"),
            ("Rehearse {} until nobody needs notes", "the standard demo"),
            ("Collect {} after each training day", "feedback forms"),
            ("Open {} to all of their staff", "the learning portal"),
        ],
    },
    Chapter {
        phase: 1,
        title: "Joint marketing",
        window: (35, 60),
        lines: &[
            ("Agree on {} with both press offices", "the announcement"),
            ("Exchange {} and the rules for using them", "logos and brand colours"),
            ("Publish {} on both websites", "the partner page"),
            ("Plan {} for the second quarter", "a webinar with a shared customer"),
            ("Approve {} and who pays which half", "the marketing budget"),
            ("Choose {} for the autumn trade fair", "the booth neighbours"),
            ("Write {} that names a measurable result", "the first case study"),
            ("Compare {} and mark the overlap", "target account lists"),
        ],
    },
    Chapter {
        phase: 2,
        title: "Pipeline & first deals",
        window: (50, 75),
        lines: &[
            ("Register {} in the portal", "the first three opportunities"),
            ("Join {} at the customer's site", "the first joint sales visit"),
            ("Price {} with the deal desk", "the pilot package"),
            ("Send {} before the quarter closes", "the first joint quote"),
            ("Review {} every second Tuesday", "the shared pipeline"),
            ("Define {} for leads from either side", "the rules of engagement"),
            ("Name a deputy for {} during the holidays", "the channel manager"),
            ("Close {} and tell the whole team", "the first joint contract"),
        ],
    },
    Chapter {
        phase: 2,
        title: "Support & operations",
        window: (55, 80),
        lines: &[
            ("Publish {} with phone numbers for nights", "the escalation path"),
            ("Agree on {} for each severity", "response and repair times"),
            ("Connect {} so that tickets travel both ways", "the two ticket systems"),
            ("Practise {} with a staged outage", "the handover to second level support"),
            ("List {} and who may approve them", "planned maintenance windows"),
            ("Give {} read access to the status page", "their service desk"),
            ("Count {} for the first month", "tickets that were sent back"),
            ("Appoint {} with a deputy", "a service delivery manager"),
        ],
    },
    Chapter {
        phase: 2,
        title: "Review & renewal",
        window: (75, 90),
        lines: &[
            ("Invite both managements to {}", "the first quarterly review"),
            ("Compare {} with what the plan promised", "revenue and cost of the first quarter"),
            ("Ask {} what they would do differently", "the people who did the work"),
            ("Decide whether {} stays as it is", "the discount level"),
            ("Update {} for the coming year", "the account plan"),
            ("Archive {} that nobody uses any more", "onboarding documents"),
            ("Thank {} with more than an e-mail", "the team on their side"),
            ("Agree on {} and put them into the calendar", "next year's milestones"),
        ],
    },
];

/// For checklists longer than the plan: what is done, to what, with what end.
pub(super) const VERBS: [&str; 14] = [
    "Send",
    "Draft",
    "Review",
    "Collect",
    "Confirm",
    "Prepare",
    "Publish",
    "Archive",
    "Translate",
    "Check",
    "Update",
    "Present",
    "Order",
    "Schedule",
];
pub(super) const THINGS: [&str; 32] = [
    "the purchase forecast",
    "the shipping labels",
    "the rebate statement",
    "the contact sheet",
    "the network diagram",
    "the test report",
    "the invoice template",
    "the training calendar",
    "the licence keys",
    "the audit questionnaire",
    "the hardware samples",
    "the booth layout",
    "the price exceptions",
    "the migration script",
    "the customer survey",
    "the parts catalogue",
    "the service manual",
    "the onboarding video",
    "the travel plan",
    "the warranty terms",
    "the import declaration",
    "the backup schedule",
    "the referral codes",
    "the storage quota",
    "the alarm thresholds",
    "the demo tenants",
    "the return procedure",
    "the tax exemption form",
    "the mailing list",
    "the release notes",
    "the expense report",
    "the glossary",
];
pub(super) const ENDS: [&str; 16] = [
    "for the Nordic region",
    "with the regional manager",
    "before the steering meeting",
    "for the pilot customers",
    "in both languages",
    "to the warehouse team",
    "for procurement",
    "with the finance department",
    "for the second site",
    "after the acceptance test",
    "to the data protection officer",
    "for the spring release",
    "with their integrator",
    "to the helpdesk",
    "for the annual audit",
    "without the old logo",
];

/// Who a near duplicate is for: all that tells it from its neighbour.
pub(super) const TEAMS: [&str; 12] = [
    "legal",
    "sales",
    "finance",
    "support",
    "marketing",
    "procurement",
    "security",
    "engineering",
    "the board",
    "human resources",
    "logistics",
    "the service desk",
];

/// Texts that stand in more than one section.
pub(super) const REFRAINS: [(&str, &str); 5] = [
    ("Review with the partner manager", "the review"),
    ("Send a summary to both teams", "a summary"),
    ("Get sign-off", "sign-off"),
    ("Update the project plan", "the project plan"),
    ("Book the next call", "the next call"),
];

/// What is added behind a text when more is known.
pub(super) const DETAILS: [&str; 16] = [
    " — draft is in the shared folder",
    ", including the annex",
    " (two copies)",
    " — waiting for a date from them",
    ", in English and Danish",
    " by video call",
    " together with their project lead",
    ", see the minutes",
    " — second round",
    " for all four sites",
    ", as agreed on Monday",
    " and note the result",
    " (ask Nora for the form)",
    ", without attachments",
    " — version 3",
    " and tell the team",
];

/// Other ways to say something about the same thing.
pub(super) const FRAMES: [&str; 12] = [
    "Get {} done with {team}",
    "Finish {} before the next call",
    "Have {team} look at {}",
    "{} is complete and approved",
    "Clear up {} with both sides",
    "{} reviewed and accepted",
    "Make sure {} is ready for {team}",
    "Bring {} to a decision",
    "Close the matter of {}",
    "Take care of {} this month",
    "{team} has agreed to {}",
    "Follow up on {}",
];

/// Words that people take for one another.
pub(super) const SYNONYMS: [(&str, &str); 26] = [
    ("Send", "Share"),
    ("Agree", "Settle"),
    ("Hold", "Run"),
    ("Check", "Verify"),
    ("Write", "Draw"),
    ("Explain", "Show"),
    ("Confirm", "Clear"),
    ("Publish", "Put"),
    ("Create", "Open"),
    ("Collect", "Gather"),
    ("Prepare", "Set up"),
    ("Review", "Go through"),
    ("everyone", "everybody"),
    ("both sides", "both companies"),
    ("people", "staff"),
    ("team", "group"),
    ("customers", "clients"),
    ("customer", "client"),
    ("plan", "schedule"),
    ("list", "register"),
    ("before", "ahead of"),
    ("first", "initial"),
    ("with", "together with"),
    ("their", "the partner's"),
    ("the", "our"),
    ("meeting", "session"),
];

/// Notes between the items.
pub(super) const PROSE: [&str; 14] = [
    "Their offices are closed on the first Friday of the month.",
    "Ask before you send large files; their mail gateway refuses anything above ten megabytes.",
    "The sandbox is rebuilt every Sunday night, and test data is gone afterwards.",
    "Decisions are written into the minutes, not into this list.",
    "Prices in the draft are without tax and hold until the end of the quarter.",
    "Travel is paid by whoever travels, unless the budget says otherwise.",
    "The pilot runs at two sites; the third joins when both have been stable for a month.",
    "Nobody on their side reads the shared mailbox at weekends.",
    "What is not in the data flow diagram is not connected.",
    "The old supplier's contract ends in autumn; until then both systems run side by side.",
    "Names of customers stay out of slides until the press offices have agreed.",
    "A ticket is closed by the one who opened it.",
    "Training takes place in groups of eight, in the morning, with cameras on.",
    "The escalation path is printed and hangs beside the service desk.",
];

/// What someone waits for.
pub(super) const REASONS: [&str; 6] = [
    "waiting for their security team",
    "contract not countersigned",
    "no date from the vendor",
    "their project lead is on leave",
    "budget not released",
    "test environment is down",
];

pub(super) const FRONTS: [&str; 28] = [
    "Amber", "Birch", "Cinder", "Dapple", "Elder", "Fennel", "Gorse", "Hazel", "Iron", "Juniper",
    "Kettle", "Larch", "Mallow", "Nettle", "Otter", "Plover", "Quarry", "Rowan", "Sorrel",
    "Thistle", "Umber", "Velvet", "Wicker", "Yarrow", "Bramble", "Copper", "Drift", "Feather",
];
pub(super) const BACKS: [&str; 22] = [
    "wharf", "combe", "mere", "stead", "holm", "garth", "ridge", "brook", "vale", "croft", "ness",
    "haven", "march", "thorpe", "quay", "fold", "wick", "moor", "lund", "strand", "beck", "hollow",
];
pub(super) const TRADES: [&str; 16] = [
    "Logistics",
    "Analytics",
    "Robotics",
    "Software",
    "Networks",
    "Instruments",
    "Consulting",
    "Foods",
    "Textiles",
    "Energy",
    "Insurance",
    "Studios",
    "Marine",
    "Optics",
    "Mobility",
    "Health",
];
/// The first names of the people on our side, with their second names.
pub(super) const PEOPLE: [(&str, &str); 8] = [
    ("Nora", "Feldt"),
    ("Jonas", "Abara"),
    ("Lucia", "Brandel"),
    ("Amir", "Solhaug"),
    ("Wanda", "Kessling"),
    ("Theo", "Marchetti-Voss"),
    ("Ines", "Okonjo"),
    ("Piet", "Halloran"),
];

//! Who is who: git's mailmap.
//!
//! Read here and not by libgit2, whose lookup is sensitive to case where git's is not, and which
//! refuses a person without a name or an address.

use std::collections::HashMap;

use crate::model::Person;

/// Proper names and addresses, by the addresses that commits have.
#[derive(Clone, Debug, Default)]
pub(super) struct Mailmap {
    /// By address in lower case.
    addresses: HashMap<String, Address>,
}

#[derive(Clone, Debug, Default)]
struct Address {
    /// What replaces whoever has the address.
    anyone: Replacement,
    /// What replaces one name with the address, by the name in lower case.
    named: HashMap<String, Replacement>,
}

#[derive(Clone, Debug, Default)]
struct Replacement {
    name: Option<String>,
    email: Option<String>,
}

impl Mailmap {
    /// Reads a mailmap. Lines that are none are skipped, as git does.
    pub(super) fn parse(text: &[u8]) -> Mailmap {
        let mut mailmap = Mailmap::default();
        String::from_utf8_lossy(text).lines().for_each(|line| mailmap.add(line));
        mailmap
    }

    /// The person as the mailmap names them.
    pub(super) fn resolve(&self, person: Person) -> Person {
        let Some(address) = self.addresses.get(&person.email.to_ascii_lowercase()) else {
            return person;
        };
        let named = address.named.get(&person.name.to_ascii_lowercase());
        let replacement = named.unwrap_or(&address.anyone).clone();
        Person {
            name: replacement.name.unwrap_or(person.name),
            email: replacement.email.unwrap_or(person.email),
        }
    }

    fn add(&mut self, line: &str) {
        let Some((name, email, rest)) = split(line).filter(|_| !line.starts_with('#')) else {
            return;
        };
        if email.is_empty() {
            return;
        }
        let second = split(rest);
        let (old_name, old_email) = second.map_or((None, email), |(name, email, _)| (name, email));
        let new_email = second.map(|_| email.to_owned());
        let address = self.addresses.entry(old_email.to_ascii_lowercase()).or_default();
        match old_name {
            Some(old) => {
                let new = Replacement { name: name.map(str::to_owned), email: new_email };
                address.named.insert(old.to_ascii_lowercase(), new);
            }
            None => {
                let old = std::mem::take(&mut address.anyone);
                let name = name.map(str::to_owned).or(old.name);
                address.anyone = Replacement { name, email: new_email.or(old.email) };
            }
        }
    }
}

/// `Name <address>` and what follows it; an empty name is `None`.
fn split(text: &str) -> Option<(Option<&str>, &str, &str)> {
    let (name, rest) = text.split_once('<')?;
    let (email, rest) = rest.split_once('>')?;
    let name = name.trim();
    Some(((!name.is_empty()).then_some(name), email, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_four_forms_of_a_line() {
        let mailmap = Mailmap::parse(
            b"# comment <x@y>\nProper Name <one@x>\n<two@x> <TWO@old>\nThree <three@x> <three@old>\n\
              Four <four@x> Shared Four <shared@old>\nFive <five@x> shared five <shared@old>\n\
              nonsense\n<>\n",
        );
        let resolve = |name: &str, email: &str| {
            let person = mailmap.resolve(Person { name: name.into(), email: email.into() });
            format!("{} <{}>", person.name, person.email)
        };
        assert_eq!(resolve("x", "One@X"), "Proper Name <One@X>");
        assert_eq!(resolve("Two", "two@OLD"), "Two <two@x>");
        assert_eq!(resolve("x", "three@old"), "Three <three@x>");
        assert_eq!(resolve("shared four", "shared@old"), "Four <four@x>");
        assert_eq!(resolve("Shared Five", "shared@old"), "Five <five@x>");
        assert_eq!(resolve("Six", "shared@old"), "Six <shared@old>");
        assert_eq!(resolve("", ""), " <>");
    }
}

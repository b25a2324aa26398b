use std::fs;

use super::*;

fn cache() -> (tempfile::TempDir, Cache) {
    let folder = tempfile::TempDir::new().expect("a temporary folder");
    let cache = Cache::of(folder.path());
    (folder, cache)
}

const NOW: Timestamp = Timestamp(1_769_936_400);
const TIP: CommitId = CommitId([7; 20]);

fn save(cache: &Cache, key: Key, parts: &[&[u8]]) {
    let parts: Vec<Vec<u8>> = parts.iter().map(|part| part.to_vec()).collect();
    cache.save(Kind::Checkpoint, (TIP, key), &parts, NOW).expect("it can be written");
}

#[test]
fn what_was_saved_is_found() {
    let (_folder, cache) = cache();
    let key = Key::of(&[b"a"]);
    assert!(cache.find(Kind::Checkpoint, (TIP, key), NOW).expect("no problem").is_none());
    save(&cache, key, &[b"one", b"", b"three"]);
    let mut found =
        cache.find(Kind::Checkpoint, (TIP, key), NOW).expect("no problem").expect("a checkpoint");
    assert_eq!(found.parts(), 3);
    assert_eq!(found.part(2).expect("it is sound"), b"three");
    assert_eq!(found.part(0).expect("it is sound"), b"one");
    assert_eq!(found.part(1).expect("it is sound"), b"");
    assert!(found.part(3).is_err());
    assert_eq!(cache.tips(key), [TIP]);
    assert_eq!(cache.tips(Key::of(&[b"b"])), []);
    let entries = cache.entries().expect("they can be listed");
    assert_eq!((entries[0].tip, entries[0].key, entries[0].used), (TIP, key, NOW));
}

#[test]
fn a_reader_keeps_what_it_has_opened() {
    let (_folder, cache) = cache();
    let key = Key::of(&[]);
    save(&cache, key, &[b"old"]);
    let mut found =
        cache.find(Kind::Checkpoint, (TIP, key), NOW).expect("no problem").expect("a checkpoint");
    save(&cache, key, &[b"newer"]);
    let cleared = cache.clear().expect("it can be removed");
    assert_eq!(cleared.checkpoints, 1);
    assert_eq!(found.part(0).expect("it is sound"), b"old");
    assert!(!cache.folder().exists());
}

#[test]
fn every_byte_is_checked() {
    let (_folder, cache) = cache();
    let key = Key::of(&[]);
    save(&cache, key, &[b"one", b"two"]);
    let path = fs::read_dir(cache.folder()).expect("a folder").next().expect("a file");
    let path = path.expect("a file").path();
    let sound = fs::read(&path).expect("a file");
    let is_sound = |bytes: &[u8]| {
        fs::write(&path, bytes).expect("a file");
        let found = cache.find(Kind::Checkpoint, (TIP, key), NOW).ok().flatten();
        found.is_some_and(|mut found| found.part(0).and_then(|_| found.part(1)).is_ok())
    };
    assert!(is_sound(&sound));
    for at in 0..sound.len() {
        for bit in 0..8 {
            let mut bytes = sound.clone();
            bytes[at] ^= 1 << bit;
            assert!(!is_sound(&bytes), "bit {bit} of byte {at}");
        }
        assert!(!is_sound(&sound[..at]), "{at} bytes");
    }
}

#[test]
fn a_key_tells_where_a_part_ends() {
    assert_ne!(Key::of(&[b"ab", b"c"]), Key::of(&[b"a", b"bc"]));
    assert_ne!(Key::of(&[b"", b"a"]), Key::of(&[b"a"]));
    assert_eq!(Key::of(&[b"a"]), Key::of(&[b"a"]));
}

#[test]
fn the_use_of_a_checkpoint_is_noted_now_and_then() {
    let (_folder, cache) = cache();
    let key = Key::of(&[]);
    save(&cache, key, &[]);
    let used = |now: i64| {
        let now = Timestamp(NOW.0 + now);
        cache.find(Kind::Checkpoint, (TIP, key), now).expect("no problem");
        cache.entries().expect("they can be listed")[0].used.0 - NOW.0
    };
    assert_eq!((used(60), used(7200), used(7260)), (0, 7200, 7200));
}

#[test]
fn kinds_are_kept_apart() {
    let (_folder, cache) = cache();
    let key = Key::of(&[]);
    cache.save(Kind::Answer, (TIP, key), &[b"said".to_vec()], NOW).expect("it can be written");
    assert!(cache.find(Kind::Checkpoint, (TIP, key), NOW).expect("no problem").is_none());
    assert_eq!(cache.tips(key), []);
    save(&cache, key, &[b"state"]);
    let found = cache.find(Kind::Answer, (TIP, key), NOW).expect("no problem");
    assert_eq!(found.expect("an answer").part(0).expect("it is sound"), b"said");
    let cleared = cache.clear().expect("it can be removed");
    assert_eq!((cleared.checkpoints, cleared.answers), (1, 1));
}

#[test]
fn of_answers_the_last_are_kept() {
    let (_folder, cache) = cache();
    for number in 0..20_u8 {
        let (key, now) = (Key::of(&[&[number]]), Timestamp(NOW.0 + i64::from(number)));
        cache.save(Kind::Answer, (TIP, key), &[vec![number]], now).expect("it can be written");
    }
    save(&cache, Key::of(&[]), &[b"state"]);
    let entries = cache.entries().expect("they can be listed");
    assert_eq!(entries.iter().filter(|entry| entry.kind == Kind::Answer).count(), 16);
    assert_eq!(entries.len(), 17);
    let newest = Key::of(&[&[19]]);
    assert!(entries.iter().any(|entry| entry.key == newest));
}

#[cfg(unix)]
#[test]
fn what_lies_elsewhere_is_not_looked_at() {
    use std::os::unix::fs::symlink;
    let (folder, cache) = cache();
    let key = Key::of(&[]);
    save(&cache, key, &[b"one"]);
    let find = |now| cache.find(Kind::Checkpoint, (TIP, key), now);
    let path = fs::read_dir(cache.folder()).expect("a folder").next().expect("a file");
    let (path, elsewhere) = (path.expect("a file").path(), folder.path().join("elsewhere"));
    fs::rename(&path, &elsewhere).expect("it can be moved");
    symlink(&elsewhere, &path).expect("a link");
    let written = || fs::metadata(&elsewhere).expect("it is there").modified().expect("a time");
    let before = written();
    assert!(find(Timestamp(NOW.0 + 7200)).is_err(), "a link in its place");
    assert_eq!(written(), before);
    save(&cache, key, &[b"two"]);
    assert!(find(NOW).expect("no problem").is_some(), "it is mended");
    let moved = folder.path().join("moved");
    fs::rename(cache.folder(), &moved).expect("it can be moved");
    symlink(&moved, cache.folder()).expect("a link");
    assert!(find(NOW).expect("no problem").is_none(), "a link in place of the folder");
}

use super::*;

#[test]
fn generations_count_upwards_and_old_ones_are_swept() {
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(current(dir.path()), None);
    let first = create(dir.path(), 9).unwrap();
    publish(dir.path(), first).unwrap();
    let before = current_stamp(dir.path());
    let second = create(dir.path(), 9).unwrap();
    let third = create(dir.path(), 9).unwrap();
    assert_eq!((first, second, third), (1, 2, 3));
    publish(dir.path(), second).unwrap();
    assert_eq!(current(dir.path()), Some(2));
    assert_ne!(current_stamp(dir.path()), before);
    assert_eq!(schema_number(&path(dir.path(), second)), Some(9));
    sweep(dir.path(), second);
    assert!(!path(dir.path(), first).exists());
    assert!(path(dir.path(), second).exists());
    assert!(path(dir.path(), third).exists(), "a rebuild by somebody else is left alone");
}

#[test]
fn a_damaged_name_counts_as_none() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("CURRENT"), "\u{fffd}garbage").unwrap();
    assert_eq!(current(dir.path()), None);
}

use super::*;

fn circle(lat: f64, lng: f64, radius_km: f64) -> Circle {
    Circle::new(&Near { lat, lng, radius_km }).unwrap()
}

#[test]
fn distances_are_known_ones() {
    // London to Paris, about 344 km.
    let km = distance_km((51.5074, -0.1278), (48.8566, 2.3522));
    assert!((343.0..345.0).contains(&km), "{km}");
    assert_eq!(distance_km((10.0, 20.0), (10.0, 20.0)), 0.0);
    let half = distance_km((0.0, 0.0), (0.0, 180.0));
    assert!((half - 20015.1).abs() < 0.5, "{half}");
}

#[test]
fn a_circle_reaches_over_the_date_line_and_the_pole() {
    assert!(circle(0.0, 179.9, 50.0).holds(0.0, -179.9));
    assert!(circle(89.9, 0.0, 50.0).holds(89.9, 180.0));
    assert!(!circle(0.0, 179.9, 50.0).holds(0.0, 179.0));
}

#[test]
fn numbers_that_are_no_circle_make_none() {
    for (lat, lng, radius_km) in
        [(91.0, 0.0, 1.0), (0.0, f64::NAN, 1.0), (0.0, 0.0, -1.0), (0.0, 0.0, f64::NAN)]
    {
        assert!(Circle::new(&Near { lat, lng, radius_km }).is_none());
    }
}

#[test]
fn the_box_and_the_cells_hold_everything_in_reach() {
    let mut numbers = crate::fixture::Numbers(7);
    for _ in 0..20_000 {
        let mut degrees = |range: f64| numbers.below(100_001) as f64 / 100_000.0 * 2.0 * range - range;
        let (lat, lng) = (degrees(90.0), degrees(180.0));
        let place = ((lat + degrees(2.0)).clamp(-90.0, 90.0), degrees(180.0));
        let place = (place.0, if degrees(1.0) > 0.0 { lng } else { place.1 });
        let radius_km = (degrees(400.0)).abs();
        let circle = circle(lat, lng, radius_km);
        let inside = distance_km((lat, lng), place) <= radius_km;
        assert_eq!(circle.holds(place.0, place.1), inside, "{lat} {lng} {radius_km} {place:?}");
        if let Some(cells) = circle.cells().filter(|_| inside) {
            assert!(cells.contains(&cell(place.0, place.1)), "{lat} {lng} {radius_km} {place:?}");
        }
    }
}

//! Places on a sphere: distance, bounding box and the one-degree cells that index them.

use crate::query::Near;

/// Mean radius of the earth in kilometres (IUGG R1).
const EARTH_KM: f64 = 6371.0088;
/// More cells than this would cost more than testing each candidate.
const MAX_CELLS: usize = 64;

/// Whether the pair is a place at all.
pub fn is_place(lat: f64, lng: f64) -> bool {
    (-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lng)
}

/// Great-circle distance in kilometres by the haversine formula.
pub fn distance_km(a: (f64, f64), b: (f64, f64)) -> f64 {
    let half_lat = ((b.0 - a.0).to_radians() / 2.0).sin();
    let half_lng = ((b.1 - a.1).to_radians() / 2.0).sin();
    let h = half_lat * half_lat + a.0.to_radians().cos() * b.0.to_radians().cos() * half_lng * half_lng;
    2.0 * EARTH_KM * h.sqrt().min(1.0).asin()
}

/// The cell of one degree by one degree that holds the place.
pub fn cell(lat: f64, lng: f64) -> u64 {
    cell_at(lat.floor() as i64, lng.floor() as i64)
}

fn cell_at(lat: i64, lng: i64) -> u64 {
    let row = (lat + 90).clamp(0, 180) as u64;
    let column = (lng + 180).rem_euclid(360) as u64;
    row * 360 + column
}

/// A box of degrees that holds a circle, for a cheap test before the exact one.
#[derive(Debug, Clone, Copy)]
pub struct Circle {
    centre: (f64, f64),
    radius_km: f64,
    lat_reach: f64,
    lng_reach: f64,
}

impl Circle {
    /// The circle of `near`; none if its numbers are no circle. The reach in longitude is
    /// asin(sin(r/R) / cos(lat)), or everything if the circle holds a pole.
    pub fn new(near: &Near) -> Option<Circle> {
        if !is_place(near.lat, near.lng) || near.radius_km.is_nan() || near.radius_km < 0.0 {
            return None;
        }
        let angle = near.radius_km / EARTH_KM;
        let lat_reach = angle.to_degrees();
        let holds_pole = near.lat.abs() + lat_reach >= 90.0;
        let lng_reach = if holds_pole {
            180.0
        } else {
            (angle.sin() / near.lat.to_radians().cos()).min(1.0).asin().to_degrees()
        };
        Some(Circle { centre: (near.lat, near.lng), radius_km: near.radius_km, lat_reach, lng_reach })
    }

    /// Whether the place is inside.
    pub fn holds(&self, lat: f64, lng: f64) -> bool {
        // A hair of slack, because the box is computed and compared in rounded numbers.
        let slack = 1e-9;
        let lng_off = (lng - self.centre.1 + 540.0).rem_euclid(360.0) - 180.0;
        (lat - self.centre.0).abs() <= self.lat_reach + slack
            && lng_off.abs() <= self.lng_reach + slack
            && distance_km(self.centre, (lat, lng)) <= self.radius_km
    }

    /// The cells the box touches; none when they are too many to be worth it.
    pub fn cells(&self) -> Option<Vec<u64>> {
        if !self.lat_reach.is_finite() || self.lng_reach >= 179.0 {
            return None;
        }
        let rows = span(self.centre.0, self.lat_reach);
        let columns = span(self.centre.1, self.lng_reach);
        let count = (rows.1 - rows.0 + 1) * (columns.1 - columns.0 + 1);
        if count as usize > MAX_CELLS {
            return None;
        }
        let mut cells: Vec<u64> = (rows.0..=rows.1)
            .flat_map(|lat| (columns.0..=columns.1).map(move |lng| cell_at(lat, lng)))
            .collect();
        cells.sort_unstable();
        cells.dedup();
        Some(cells)
    }
}

fn span(centre: f64, reach: f64) -> (i64, i64) {
    ((centre - reach - 1e-9).floor() as i64, (centre + reach + 1e-9).floor() as i64)
}

#[cfg(test)]
mod tests;

//! Picks cycles that share no node: as many items as can be, then as much worth.
//!
//! What has nothing to do with each other is solved apart, each part as an integer programme: a variable for each cycle, a row for
//! each node that several cycles have. Solved twice: for items, then for worth among the picks of as many items.

use crate::cycles::Cycle;
use microlp::{
    ComparisonOp, OptimizationDirection, Problem, SolutionStatus, SolveOptions, SolveOutcome, Variable,
};
use std::collections::BTreeMap;

/// Branches of the smallest parts.
const BRANCHES_MAX: u64 = 1_000;

/// How much is tried.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Cycles of a part that is solved; of a larger one cycles are picked greedily.
    pub part: usize,
    /// Cycles that are looked at again for a part, over all branches.
    pub branches: u64,
}

/// What was picked.
#[derive(Debug, Default)]
pub(crate) struct Picks {
    /// Places of cycles, in their order.
    pub places: Vec<usize>,
    /// No pick has more items.
    pub items_max: u32,
}

/// Picks from some cycles over `nodes` nodes.
pub(crate) fn pick(nodes: usize, cycles: &[Cycle], limits: Limits) -> Picks {
    let mut picks = Picks::default();
    for part in parts(nodes, cycles) {
        let (places, most) = of_part(&part, cycles, limits);
        picks.items_max += most;
        picks.places.extend(places);
    }
    picks.places.sort_unstable();
    picks
}

/// The picks of a part, and how many items there can be at most.
fn of_part(part: &[usize], cycles: &[Cycle], limits: Limits) -> (Vec<usize>, u32) {
    if let [only] = part {
        return (vec![*only], cycles[*only].items);
    }
    let greedy = greedily(part, cycles);
    if part.len() > limits.part {
        return (greedy, items_in(part, cycles));
    }
    let programme = Programme { part, cycles };
    let branches = (limits.branches / u64::try_from(part.len()).unwrap_or(1)).min(BRANCHES_MAX);
    let Some(first) = programme.solve(&greedy, None, branches) else {
        return (greedy, items_in(part, cycles));
    };
    let had = items(&greedy, cycles);
    let (mut best, most) = (first.places, first.most.max(had));
    if items(&best, cycles) < had {
        best = greedy;
    }
    // Of as many items those that are wanted most. If none is found, what was found is as good.
    let as_many = items(&best, cycles);
    let second = programme.solve(&best, Some(as_many), branches / 4).map(|it| it.places);
    let is_better =
        |other: &Vec<usize>| items(other, cycles) == as_many && worth(other, cycles) > worth(&best, cycles);
    (second.filter(is_better).unwrap_or(best), most)
}

/// The best cycles of a part, as an integer programme.
struct Programme<'c> {
    part: &'c [usize],
    cycles: &'c [Cycle],
}

struct Solved {
    places: Vec<usize>,
    /// Items, at most.
    most: u32,
}

impl Programme<'_> {
    /// Solves it for items, or with so many items for worth. `known` is a pick that is possible. Nothing when the solver finds
    /// nothing within its branches, or what it found shares a node.
    fn solve(&self, known: &[usize], as_many: Option<u32>, branches: u64) -> Option<Solved> {
        let mut problem = Problem::new(OptimizationDirection::Maximize);
        let mut rows: BTreeMap<u32, Vec<(Variable, f64)>> = BTreeMap::new();
        let mut variables = Vec::with_capacity(self.part.len());
        for place in self.part {
            let cycle = &self.cycles[*place];
            let gain = if as_many.is_some() { cycle.worth } else { cycle.items };
            let variable = problem.add_binary_var(f64::from(gain));
            for node in &cycle.nodes {
                rows.entry(*node).or_default().push((variable, 1.0));
            }
            variables.push(variable);
        }
        for row in rows.into_values().filter(|row| row.len() > 1) {
            problem.add_constraint(row, ComparisonOp::Le, 1.0);
        }
        if let Some(items) = as_many {
            let of =
                |(place, variable): (&usize, &Variable)| (*variable, f64::from(self.cycles[*place].items));
            let row: Vec<_> = self.part.iter().zip(&variables).map(of).collect();
            problem.add_constraint(row, ComparisonOp::Ge, f64::from(items));
        }
        let start = |(place, variable): (&usize, &Variable)| {
            (*variable, if known.contains(place) { 1.0 } else { 0.0 })
        };
        let mut options = SolveOptions::default();
        options.node_limit = Some(branches);
        options.warm_start = Some(self.part.iter().zip(&variables).map(start).collect());
        let Ok(SolveOutcome::Solution(solution)) = problem.solve_with(options) else { return None };
        let is_in = |variable: Variable| solution.var_value(variable) > 0.5;
        let places: Vec<usize> =
            self.part.iter().zip(&variables).filter(|(_, v)| is_in(**v)).map(|(place, _)| *place).collect();
        if share_a_node(&places, self.cycles) {
            return None;
        }
        // A bound that is less than a whole item above what can be is none above it.
        let bound =
            solution.stats().best_bound.unwrap_or(f64::MAX).min(f64::from(items_in(self.part, self.cycles)));
        let most = match solution.status() {
            SolutionStatus::Optimal => items(&places, self.cycles),
            _ => (bound + 1e-6).floor().max(0.0) as u32,
        };
        Some(Solved { places, most })
    }
}

/// The longest first, and of these what is wanted most; then one in for those that are in its way, as long as that brings more.
fn greedily(part: &[usize], cycles: &[Cycle]) -> Vec<usize> {
    const ROUNDS: usize = 8;
    let value = |place: usize| (cycles[place].items, cycles[place].worth);
    let mut order = part.to_vec();
    // What is in the way of little comes first among its like.
    let mut wanted: BTreeMap<u32, u32> = BTreeMap::new();
    for node in part.iter().flat_map(|place| cycles[*place].nodes.iter()) {
        *wanted.entry(*node).or_default() += 1;
    }
    let in_way =
        |place: usize| -> u32 { cycles[place].nodes.iter().filter_map(|node| wanted.get(node)).sum() };
    order.sort_by_key(|place| {
        (in_way(*place) / cycles[*place].items.max(1), std::cmp::Reverse(value(*place)), *place)
    });
    let mut holder: BTreeMap<u32, usize> = BTreeMap::new();
    for _ in 0..ROUNDS {
        let mut is_better = false;
        for place in &order {
            let nodes = &cycles[*place].nodes;
            let mut out: Vec<usize> = nodes.iter().filter_map(|node| holder.get(node).copied()).collect();
            out.sort_unstable();
            out.dedup();
            let lost = out.iter().map(|it| value(*it)).fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
            if out.contains(place) || lost >= value(*place) {
                continue;
            }
            holder.retain(|_, held| !out.contains(held));
            holder.extend(nodes.iter().map(|node| (*node, *place)));
            is_better = true;
        }
        if !is_better {
            break;
        }
    }
    let mut places: Vec<usize> = holder.into_values().collect();
    places.sort_unstable();
    places.dedup();
    places
}

fn items(places: &[usize], cycles: &[Cycle]) -> u32 {
    places.iter().map(|place| cycles[*place].items).sum()
}

fn worth(places: &[usize], cycles: &[Cycle]) -> u64 {
    places.iter().map(|place| u64::from(cycles[*place].worth)).sum()
}

fn share_a_node(places: &[usize], cycles: &[Cycle]) -> bool {
    let mut nodes: Vec<u32> = places.iter().flat_map(|place| cycles[*place].nodes.iter().copied()).collect();
    nodes.sort_unstable();
    nodes.windows(2).any(|two| two[0] == two[1])
}

/// How many items a part has: more cannot be traded in it. Guards are counted too, which errs on the safe side.
fn items_in(part: &[usize], cycles: &[Cycle]) -> u32 {
    let mut nodes: Vec<u32> = part.iter().flat_map(|place| cycles[*place].nodes.iter().copied()).collect();
    nodes.sort_unstable();
    nodes.dedup();
    u32::try_from(nodes.len()).unwrap_or(u32::MAX)
}

/// Cycles that have to do with each other, in parts.
fn parts(nodes: usize, cycles: &[Cycle]) -> Vec<Vec<usize>> {
    let mut parent: Vec<usize> = (0..nodes).collect();
    for cycle in cycles {
        for two in cycle.nodes.windows(2) {
            let (a, b) = (root(&mut parent, two[0] as usize), root(&mut parent, two[1] as usize));
            parent[a.max(b)] = a.min(b);
        }
    }
    let mut found: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (place, cycle) in cycles.iter().enumerate() {
        let Some(first) = cycle.nodes.first() else { continue };
        let root = root(&mut parent, *first as usize);
        found.entry(root).or_default().push(place);
    }
    found.into_values().collect()
}

fn root(parent: &mut [usize], mut n: usize) -> usize {
    while parent[n] != n {
        parent[n] = parent[parent[n]];
        n = parent[n];
    }
    n
}

#!/usr/bin/env bash
# Drives the simulator with Stripe's own program for the command line.
#   cli.sh ADDRESS PROGRAM
set -euo pipefail
base=$1
program=$2
# Its settings are nobody's, and it tells nobody of this.
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
export HOME=$home XDG_CONFIG_HOME=$home STRIPE_CLI_TELEMETRY_OPTOUT=1 STRIPE_API_KEY=sk_test_commandline00

ask() { "$program" "$@" --api-base "$base"; }
# The value of a field of the first thing that is printed with one.
field() { sed -n "s/^ *\"$1\": *\"\{0,1\}\([^\",]*\)\"\{0,1\},\{0,1\}$/\1/p" | sed -n 1p; }
is() { [ "$2" = "$3" ] || { printf '%s: %s instead of %s\n' "$1" "$2" "$3" >&2; exit 1; }; }
pretty() { python3 -m json.tool; }
# Reads to the end: who stopped early would break the pipe of who writes.
says() { [ "$(grep -c "$1")" -gt 0 ]; }

ask fixtures "$(dirname "$0")/fixture.json" >"$home/said" 2>&1 || { cat "$home/said" >&2; exit 1; }
refunds=$(ask refunds list --limit 10 | pretty | grep -c '"object": "refund"')
is "refunds of the fixture" "$refunds" 2

# What it makes by itself, so that these events happen.
events=(charge.failed charge.refunded charge.succeeded payment_intent.canceled payment_intent.payment_failed payment_intent.succeeded)
for event in "${events[@]}"; do
  ask trigger "$event" >"$home/said" 2>&1 || { cat "$home/said" >&2; exit 1; }
  ask get /v1/events -d "type=$event" -d limit=1 | pretty | says "\"type\": \"$event\"" || { echo "$event did not happen" >&2; exit 1; }
done

intent=$(ask post /v1/payment_intents -d amount=700 -d currency=eur | pretty | field id)
is "a payment" "$(ask payment_intents retrieve "$intent" | pretty | field status)" requires_payment_method
is "the payment again" "$(ask payment_intents cancel "$intent" --confirm | pretty | field status)" canceled
ask balance retrieve | pretty | says '"object": "balance"'
echo "  the fixture, ${#events[@]} events, and calls by hand"

"""Drives the simulator with Stripe's own library for Python: what it sends must be understood, what comes back must be what
it expects, and what the simulator signs must be what it believes.

    stripe.py ADDRESS
"""

import http.server
import io
import json
import sys
import threading
import time
import urllib.request

import stripe

BASE = sys.argv[1]
VERSION = "2026-05-27.dahlia"
SECRET, OLD_SECRET, CONNECT_SECRET = "whsec_new", "whsec_old", "whsec_connect"
DAY = 86_400

client = stripe.StripeClient(
    "sk_test_python",
    stripe_version=VERSION,
    base_addresses={"api": BASE, "files": BASE},
    max_network_retries=0,
)
api = client.v1


def sim(path, body):
    """One of the simulator's own calls."""
    request = urllib.request.Request(f"{BASE}/_sim/{path}", json.dumps(body).encode(), {"content-type": "application/json"})
    with urllib.request.urlopen(request) as answered:
        return json.load(answered)


def pass_time(seconds):
    sim("clock", {"advance": seconds})


class Hooks(http.server.BaseHTTPRequestHandler):
    """Hears events, and believes only what the library believes."""

    heard = []
    disbelieved = []
    changed = threading.Condition()

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        secret = CONNECT_SECRET if self.path == "/connect" else SECRET
        status = 200
        with self.changed:
            try:
                self.heard.append(client.construct_event(body, self.headers["stripe-signature"], secret))
            except stripe.SignatureVerificationError as error:
                self.disbelieved.append((self.headers["stripe-signature"], body, str(error)))
                status = 400
            self.changed.notify_all()
        self.send_response(status)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


def heard(kind, about=None):
    """The event of this kind about this thing, once it has come."""

    def fits(event):
        return event.type == kind and about in (None, event.data.object.to_dict().get("id"))

    with Hooks.changed:
        if not Hooks.changed.wait_for(lambda: any(map(fits, Hooks.heard)), timeout=15):
            raise AssertionError(f"{kind} about {about} did not come; these did: {[e.type for e in Hooks.heard]}")
        return next(filter(fits, Hooks.heard))


def refused(error, code, ask):
    """The refusal of what may not be."""
    try:
        ask()
    except error as problem:
        assert problem.code == code, f"{problem.code} instead of {code}: {problem}"
        return problem
    raise AssertionError(f"{code} was expected")


def begin(amount, **more):
    params = {"amount": amount, "currency": "eur", "automatic_payment_methods": {"enabled": True}, "capture_method": "automatic_async"}
    return api.payment_intents.create({**params, **more})


def pay(amount, method="pm_card_visa", **more):
    intent = begin(amount, **more)
    params = {"payment_method": method, "return_url": "https://shop.test/back", "expand": ["latest_charge.balance_transaction"]}
    return api.payment_intents.confirm(intent.id, params)


def paying():
    intent = begin(5_000, description="Order 1", metadata={"order": "1"}, transfer_group="order-1")
    assert (intent.status, intent.amount, intent.livemode) == ("requires_payment_method", 5_000, False)
    assert intent.client_secret.startswith(intent.id)
    problem = refused(
        stripe.CardError, "card_declined", lambda: api.payment_intents.confirm(intent.id, {"payment_method": "pm_card_visa_chargeDeclined"})
    )
    assert problem.http_status == 402 and problem.error.decline_code == "generic_decline"
    assert problem.error.payment_intent["last_payment_error"]["code"] == "card_declined"
    assert problem.error.payment_intent["status"] == "requires_payment_method"
    paid = api.payment_intents.confirm(intent.id, {"payment_method": "pm_card_visa", "expand": ["latest_charge.balance_transaction"]})
    charge = paid.latest_charge
    line = charge.balance_transaction
    assert (paid.status, paid.amount_received, charge.paid, charge.payment_intent) == ("succeeded", 5_000, True, paid.id)
    assert (line.amount, line.net, line.status, line.source) == (5_000, 5_000 - line.fee, "pending", charge.id)
    assert charge.payment_method_details.card.last4 == "4242"
    assert heard("payment_intent.succeeded", paid.id).data.object.metadata["order"] == "1"
    assert heard("charge.succeeded", charge.id).api_version == VERSION
    assert heard("payment_intent.payment_failed", paid.id).livemode is False
    refused(stripe.InvalidRequestError, "payment_intent_unexpected_state", lambda: api.payment_intents.cancel(intent.id))

    changed = begin(700)
    changed = api.payment_intents.update(changed.id, {"amount": 800, "metadata": {"a": "b"}})
    assert (changed.amount, changed.metadata["a"]) == (800, "b")
    gone = api.payment_intents.cancel(changed.id, {"cancellation_reason": "abandoned"})
    assert (gone.status, gone.cancellation_reason) == ("canceled", "abandoned")
    heard("payment_intent.canceled", gone.id)


def asking_the_bank():
    asks = pay(1_200, "pm_card_threeDSecure2Required")
    assert (asks.status, asks.next_action.type) == ("requires_action", "redirect_to_url")
    sim("door/challenge", {"payment": asks.id, "passed": False})
    failed = api.payment_intents.retrieve(asks.id)
    assert (failed.status, failed.last_payment_error.code) == ("requires_payment_method", "payment_intent_authentication_failure")
    asks = api.payment_intents.confirm(asks.id, {"payment_method": "pm_card_threeDSecure2Required", "return_url": "https://shop.test/back"})
    sim("door/challenge", {"payment": asks.id, "passed": True})
    assert api.payment_intents.retrieve(asks.id).status == "succeeded"


def once():
    """Keys make a call happen once."""
    params = {"amount": 900, "currency": "eur"}
    options = {"idempotency_key": "once-1"}
    first = api.payment_intents.create(params, options)
    assert api.payment_intents.create(params, options).id == first.id
    try:
        api.payment_intents.create({**params, "amount": 901}, options)
    except stripe.IdempotencyError as error:
        assert error.http_status == 400
    else:
        raise AssertionError("another body under a key was taken")


def giving_back():
    paid = pay(5_000)
    part = api.refunds.create({"payment_intent": paid.id, "amount": 1_500, "reason": "requested_by_customer", "metadata": {"refund": "1"}})
    assert (part.status, part.amount, part.charge) == ("succeeded", 1_500, paid.latest_charge.id)
    refused(stripe.InvalidRequestError, "amount_too_large", lambda: api.refunds.create({"payment_intent": paid.id, "amount": 3_501}))
    rest = api.refunds.create({"charge": paid.latest_charge.id, "expand": ["balance_transaction"]})
    assert (rest.amount, rest.balance_transaction.amount) == (3_500, -3_500)
    refused(stripe.InvalidRequestError, "charge_already_refunded", lambda: api.refunds.create({"payment_intent": paid.id}))
    assert api.charges.retrieve(paid.latest_charge.id).refunded
    assert [refund.id for refund in api.refunds.list({"payment_intent": paid.id}).data] == [rest.id, part.id]
    assert api.refunds.retrieve(part.id).amount == 1_500
    heard("refund.created", rest.id)
    heard("charge.refunded", paid.latest_charge.id)

    slow = pay(600, "pm_card_refundFail")
    refund = api.refunds.create({"payment_intent": slow.id})
    pass_time(120)
    failed = heard("refund.failed", refund.id).data.object
    assert (failed.status, failed.failure_reason) == ("failed", "expired_or_canceled_card")
    assert api.refunds.retrieve(refund.id).failure_balance_transaction


def seller(bank="DE89370400440532013000"):
    """A seller who answered all questions."""
    controller = {
        "fees": {"payer": "application"},
        "losses": {"payments": "application"},
        "requirement_collection": "stripe",
        "stripe_dashboard": {"type": "express"},
    }
    params = {
        "country": "DE",
        "email": "ann@example.org",
        "controller": controller,
        "capabilities": {"transfers": {"requested": True}},
        "settings": {"payouts": {"schedule": {"interval": "manual"}}},
        "metadata": {"member": "1"},
    }
    account = api.accounts.create(params)
    assert not account.payouts_enabled and "external_account" in account.requirements.currently_due
    refused(
        stripe.InvalidRequestError,
        "insufficient_capabilities_for_transfer",
        lambda: api.transfers.create({"amount": 1, "currency": "eur", "destination": account.id}),
    )
    link = api.account_links.create(
        {"account": account.id, "type": "account_onboarding", "return_url": "https://shop.test/a", "refresh_url": "https://shop.test/b"}
    )
    assert link.url.startswith("http")
    sim(f"accounts/{account.id}", {"standing": "active", "bank": bank})
    account = api.accounts.retrieve(account.id)
    assert account.payouts_enabled and account.capabilities.transfers == "active"
    heard("account.updated", account.id)
    return account


def sending_on():
    account = seller()
    paid = pay(10_000, transfer_group="order-2")
    charge = paid.latest_charge.id
    params = {"amount": 8_000, "currency": "eur", "destination": account.id, "source_transaction": charge, "transfer_group": "order-2"}
    transfer = api.transfers.create(params)
    assert (transfer.amount, transfer.source_transaction, transfer.reversed) == (8_000, charge, False)
    try:
        api.transfers.create({**params, "amount": 2_001})
    except stripe.InvalidRequestError as error:
        assert error.param == "source_transaction"
    else:
        raise AssertionError("more was sent on than the charge brought")
    reversal = api.transfers.reversals.create(transfer.id, {"amount": 3_000})
    assert (reversal.transfer, reversal.amount) == (transfer.id, 3_000)
    again = api.transfers.retrieve(transfer.id)
    assert (again.amount_reversed, again.reversed, again.reversals.data[0].id) == (3_000, False, reversal.id)
    assert api.transfers.reversals.retrieve(transfer.id, reversal.id).id == reversal.id
    assert len(api.transfers.reversals.list(transfer.id).data) == 1
    assert [t.id for t in api.transfers.list({"transfer_group": "order-2"}).data] == [transfer.id]
    heard("transfer.created", transfer.id)
    heard("transfer.reversed", transfer.id)

    theirs = {"stripe_account": account.id}
    refused(
        stripe.InvalidRequestError, "balance_insufficient", lambda: api.payouts.create({"amount": 5_000, "currency": "eur"}, theirs)
    )
    pass_time(3 * DAY)
    assert api.balance.retrieve(options=theirs).available[0].amount == 5_000
    payout = api.payouts.create({"amount": 5_000, "currency": "eur", "metadata": {"payout": "1"}}, theirs)
    assert (payout.status, payout.type) == ("pending", "bank_account")
    refused(stripe.InvalidRequestError, "resource_missing", lambda: api.payouts.retrieve(payout.id))
    pass_time(2 * DAY)
    told = heard("payout.paid", payout.id)
    assert (told.account, told.data.object.status) == (account.id, "paid")
    assert [p.id for p in api.payouts.list(options=theirs).data] == [payout.id]
    kinds = [line.type for line in api.balance_transactions.list(options=theirs).data]
    assert kinds == ["payout", "payment_refund", "payment"], kinds

    bad = seller("DE89370400440532011116")
    charge = pay(2_000).latest_charge.id
    api.transfers.create({"amount": 2_000, "currency": "eur", "destination": bad.id, "source_transaction": charge})
    pass_time(3 * DAY)
    payout = api.payouts.create({"amount": 2_000, "currency": "eur"}, {"stripe_account": bad.id})
    pass_time(2 * DAY)
    assert heard("payout.failed", payout.id).data.object.failure_code == "no_account"
    assert not api.accounts.retrieve(bad.id).payouts_enabled
    bank = {"object": "bank_account", "country": "DE", "currency": "eur", "account_number": "DE89370400440532013000"}
    assert api.accounts.external_accounts.create(bad.id, {"external_account": bank}).last4 == "3000"
    assert len(api.accounts.external_accounts.list(bad.id, {"object": "bank_account"}).data) == 1


def disputing():
    for evidence, end in [("winning_evidence", "won"), ("losing_evidence", "lost")]:
        paid = pay(3_000)
        dispute = sim("disputes", {"payment": paid.id})
        dispute = api.disputes.retrieve(dispute["id"])
        assert (dispute.status, dispute.amount, dispute.charge) == ("needs_response", 3_000, paid.latest_charge.id)
        refused(stripe.InvalidRequestError, "charge_disputed", lambda: api.refunds.create({"payment_intent": paid.id}))
        receipt = io.BytesIO(b"%PDF-1.4")
        receipt.name = "receipt.pdf"
        file = api.files.create({"purpose": "dispute_evidence", "file": receipt})
        assert (file.filename, file.size) == ("receipt.pdf", 8)
        params = {"evidence": {"uncategorized_text": evidence, "receipt": file.id, "product_description": "A bike"}, "submit": True}
        sent = api.disputes.update(dispute.id, params)
        assert (sent.status, sent.evidence_details.submission_count) == ("under_review", 1)
        pass_time(120)
        closed = heard("charge.dispute.closed", dispute.id).data.object
        assert closed.status == end
        lines = sum(line.net for line in closed.balance_transactions)
        assert lines == (-2_000 if end == "won" else -5_000), lines
    heard("charge.dispute.created")
    heard("charge.dispute.funds_withdrawn")
    heard("charge.dispute.funds_reinstated")
    paid = pay(1_000)
    inquiry = sim("disputes", {"payment": paid.id, "inquiry": True})
    assert inquiry["status"] == "warning_needs_response"
    given_in = sim("disputes", {"payment": pay(1_000).id})
    assert api.disputes.close(given_in["id"]).status == "lost"
    assert [d.id for d in api.disputes.list({"payment_intent": paid.id}).data] == [inquiry["id"]]
    sim("warnings", {"payment": paid.id})
    warning = api.radar.early_fraud_warnings.list({"charge": paid.latest_charge.id}).data[0]
    assert api.radar.early_fraud_warnings.retrieve(warning.id).payment_intent == paid.id


def listing():
    """Pages fit together, whichever way they are walked."""
    every = [intent.id for intent in api.payment_intents.list({"limit": 3}).auto_paging_iter()]
    assert len(every) == len(set(every)) > 10
    back = api.payment_intents.list({"limit": 3, "ending_before": every[-1]})
    assert [intent.id for intent in back.auto_paging_iter()] == every[-2::-1]
    assert len(api.charges.list({"limit": 100}).data) > 5
    lines = list(api.balance_transactions.list({"limit": 100}).auto_paging_iter())
    sums = {}
    for line in lines:
        sums[line.status] = sums.get(line.status, 0) + line.net
    balance = api.balance.retrieve()
    assert (balance.available[0].amount, balance.pending[0].amount) == (sums.get("available", 0), sums.get("pending", 0))
    assert api.balance_transactions.retrieve(lines[0].id).id == lines[0].id
    charges = api.balance_transactions.list({"type": "charge", "created": {"gte": 1}})
    assert charges.data and all(line.type == "charge" for line in charges.data)
    assert api.balance_transactions.list({"created": {"lt": 1}}).data == []
    events = list(api.events.list({"limit": 50}).auto_paging_iter())
    assert api.events.retrieve(events[0].id).id == events[0].id
    kept = {event.id for event in events}
    assert all(event.id in kept for event in Hooks.heard if not getattr(event, "account", None))
    assert api.accounts.list().data
    ours = "0197a3a0-0000-7000-8000-000000000001"
    sought = begin(500, metadata={"payment": ours})
    pass_time(120)
    found = api.payment_intents.search({"query": f"metadata['payment']:'{ours}'"})
    assert [intent.id for intent in found.data] == [sought.id]


def taxing():
    params = {
        "currency": "eur",
        "line_items": [{"amount": 1_190, "reference": "L1", "tax_behavior": "inclusive", "tax_code": "txcd_99999999"}],
        "customer_details": {"address": {"country": "DE", "postal_code": "10115"}, "address_source": "shipping"},
    }
    counted = api.tax.calculations.create(params)
    assert (counted.amount_total, counted.tax_amount_inclusive) == (1_190, 190)
    made = api.tax.transactions.create_from_calculation({"calculation": counted.id, "reference": "order-1"})
    assert made.type == "transaction"
    back = api.tax.transactions.create_reversal({"mode": "full", "original_transaction": made.id, "reference": "order-1-back"})
    assert (back.type, back.reversal.original_transaction) == ("reversal", made.id)


def signing():
    """What is signed badly is not believed; what is signed by the old secret is, as long as it is known."""
    sim("faults", {"fault": "hook_badly_signed", "event": "payment_intent.created"})
    intent = begin(100)
    with Hooks.changed:
        assert Hooks.changed.wait_for(lambda: Hooks.disbelieved, timeout=15), "a bad signature was believed"
        _, body, _ = Hooks.disbelieved[0]
    assert json.loads(body)["data"]["object"]["id"] == intent.id
    pass_time(60)
    heard("payment_intent.created", intent.id)
    sim("faults", {"fault": "hook_old_secret", "event": "payment_intent.created"})
    intent = begin(100)
    with Hooks.changed:
        assert Hooks.changed.wait_for(lambda: len(Hooks.disbelieved) > 1, timeout=15), "the new secret is not used alone"
        signature, body, _ = Hooks.disbelieved[1]
    assert client.construct_event(body, signature, OLD_SECRET).data.object.id == intent.id
    try:
        client.construct_event(body.replace(b'"amount":100', b'"amount":1'), signature, OLD_SECRET)
    except stripe.SignatureVerificationError:
        return
    raise AssertionError("a changed body was believed")


def failing():
    """What goes wrong is an error of the kind that the library knows."""
    for status, error in [(429, stripe.RateLimitError), (500, stripe.APIError), (503, stripe.APIError)]:
        sim("faults", {"fault": "refuse", "status": status})
        try:
            api.balance.retrieve()
        except error as problem:
            assert problem.http_status == status
        else:
            raise AssertionError(f"{status} was no error")
    sim("faults", {"fault": "answer_lost"})
    try:
        api.balance.retrieve()
    except stripe.APIConnectionError:
        pass
    else:
        raise AssertionError("a lost answer arrived")
    stranger = stripe.StripeClient("sk_live_nobody", base_addresses={"api": BASE}, max_network_retries=0)
    try:
        stranger.v1.balance.retrieve()
    except stripe.AuthenticationError:
        return
    raise AssertionError("a live key was taken")


def main():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hooks)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    here = f"http://127.0.0.1:{server.server_port}"
    sim("hooks", {"name": "python", "url": f"{here}/ours", "dialect": "stripe", "secret": SECRET})
    sim("hooks", {"name": "python connect", "url": f"{here}/connect", "dialect": "stripe", "secret": CONNECT_SECRET, "connect": True})
    stories = [paying, asking_the_bank, once, giving_back, sending_on, disputing, listing, taxing, failing]
    for story in stories:
        begun = time.monotonic()
        story()
        print(f"  {story.__name__.replace('_', ' ')}: {time.monotonic() - begun:.1f} s")
    # With both secrets everything is signed twice.
    sim("hooks", {"name": "python", "url": f"{here}/ours", "dialect": "stripe", "secret": SECRET, "old_secret": OLD_SECRET})
    signing()
    print(f"  signing; {len(Hooks.heard)} events were believed")


main()

/**
 * Drives the simulator with Stripe's own library for Node.js.
 *
 *     node stripe.mjs ADDRESS FOLDER
 */
import assert from 'node:assert/strict';
import { BASE, listen, load, passTime, sim, tell, until } from './hearing.mjs';

const Stripe = load('stripe');
const VERSION = '2026-05-27.dahlia';
const [SECRET, CONNECT_SECRET] = ['whsec_node', 'whsec_node_connect'];
const DAY = 86_400;
const { hostname, port } = new URL(BASE);
const settings = { host: hostname, port, protocol: 'http', apiVersion: VERSION, maxNetworkRetries: 0, telemetry: false };
const stripe = new Stripe('sk_test_node', settings);

const hooks = await listen((path, headers, body) =>
  stripe.webhooks.constructEvent(body, headers['stripe-signature'], path === '/connect' ? CONNECT_SECRET : SECRET),
);

const heard = (kind, id) =>
  until(`${kind} about ${id}`, () => hooks.heard.find((event) => event.type === kind && event.data.object.id === id));

async function pay(amount, method = 'pm_card_visa', more = {}) {
  const intent = await stripe.paymentIntents.create({ amount, currency: 'eur', automatic_payment_methods: { enabled: true }, ...more });
  return stripe.paymentIntents.confirm(intent.id, {
    payment_method: method,
    return_url: 'https://shop.test/back',
    expand: ['latest_charge.balance_transaction'],
  });
}

async function paying() {
  const paid = await pay(5_000, 'pm_card_de', { metadata: { order: '1' } });
  assert.equal(paid.status, 'succeeded');
  assert.equal(paid.latest_charge.balance_transaction.fee, 95);
  assert.equal((await heard('payment_intent.succeeded', paid.id)).data.object.metadata.order, '1');
  await assert.rejects(pay(5_000, 'pm_card_chargeDeclinedInsufficientFunds'), (error) => {
    assert.ok(error instanceof Stripe.errors.StripeCardError);
    assert.deepEqual([error.code, error.decline_code, error.statusCode], ['card_declined', 'insufficient_funds', 402]);
    assert.equal(error.payment_intent.status, 'requires_payment_method');
    return true;
  });
  const asks = await pay(1_200, 'pm_card_authenticationRequired');
  assert.equal(asks.next_action.type, 'redirect_to_url');
  await sim('door/challenge', { payment: asks.id, passed: true });
  assert.equal((await stripe.paymentIntents.retrieve(asks.id)).status, 'succeeded');
  const card = { number: '5555555555554444', exp_month: 12, exp_year: 2034, cvc: '123' };
  const typed = await stripe.paymentMethods.create({ type: 'card', card });
  assert.equal((await pay(700, typed.id)).latest_charge.payment_method_details.card.brand, 'mastercard');
}

async function once() {
  const params = { amount: 900, currency: 'eur' };
  const key = { idempotencyKey: 'node-once' };
  const [first, again] = [await stripe.paymentIntents.create(params, key), await stripe.paymentIntents.create(params, key)];
  assert.equal(first.id, again.id);
  assert.equal(again.lastResponse.headers['idempotent-replayed'], 'true');
  await assert.rejects(stripe.paymentIntents.create({ ...params, amount: 901 }, key), Stripe.errors.StripeIdempotencyError);
  // Left alone, the library sends again under a key of its own.
  await sim('faults', { fault: 'answer_lost', method: 'POST', path: '/v1/payment_intents' });
  const stubborn = new Stripe('sk_test_node', { ...settings, maxNetworkRetries: 1 });
  const made = await stubborn.paymentIntents.create({ ...params, metadata: { stubborn: 'yes' } });
  const all = await stripe.paymentIntents.list({ limit: 100 });
  assert.deepEqual(all.data.filter((intent) => intent.metadata.stubborn).map((intent) => intent.id), [made.id]);
}

async function givingBack() {
  const paid = await pay(5_000);
  const part = await stripe.refunds.create({ payment_intent: paid.id, amount: 2_000, metadata: { refund: '1' } });
  assert.equal(part.status, 'succeeded');
  await assert.rejects(stripe.refunds.create({ payment_intent: paid.id, amount: 3_001 }), { code: 'amount_too_large' });
  const charge = (await heard('charge.refunded', paid.latest_charge.id)).data.object;
  assert.deepEqual([charge.amount_refunded, charge.refunded], [2_000, false]);
  await sim('faults', { fault: 'refund_fails_later' });
  const bounced = await stripe.refunds.create({ payment_intent: paid.id });
  await passTime(120);
  assert.equal((await heard('refund.failed', bounced.id)).data.object.status, 'failed');
}

async function sendingOn() {
  const account = await stripe.accounts.create({
    country: 'DE',
    capabilities: { transfers: { requested: true } },
    controller: { stripe_dashboard: { type: 'express' } },
  });
  await sim(`accounts/${account.id}`, { standing: 'active', bank: 'DE89370400440532013000' });
  const paid = await pay(10_000);
  const source = paid.latest_charge.id;
  const transfer = await stripe.transfers.create({ amount: 9_000, currency: 'eur', destination: account.id, source_transaction: source });
  const reversal = await stripe.transfers.createReversal(transfer.id, { amount: 1_000 });
  assert.equal((await stripe.transfers.retrieveReversal(transfer.id, reversal.id)).amount, 1_000);
  await passTime(3 * DAY);
  const theirs = { stripeAccount: account.id };
  await sim('faults', { fault: 'payout_fails_after_paid' });
  const payout = await stripe.payouts.create({ amount: 8_000, currency: 'eur' }, theirs);
  await passTime(2 * DAY);
  const paidOut = await heard('payout.paid', payout.id);
  assert.equal(paidOut.account, account.id);
  const failed = (await heard('payout.failed', payout.id)).data.object;
  assert.equal(failed.failure_code, 'could_not_process');
  assert.equal((await stripe.balance.retrieve({}, theirs)).available[0].amount, 8_000);
}

async function disputing() {
  const paid = await pay(3_000, 'pm_card_createDispute');
  await passTime(120);
  const [dispute] = (await stripe.disputes.list({ payment_intent: paid.id })).data;
  assert.equal(dispute.status, 'needs_response');
  const receipt = { data: Buffer.from('%PDF-1.4'), name: 'a.pdf', type: 'application/pdf' };
  const file = await stripe.files.create({ purpose: 'dispute_evidence', file: receipt });
  assert.equal((await stripe.files.retrieve(file.id)).size, 8);
  const staged = await stripe.disputes.update(dispute.id, { evidence: { receipt: file.id }, submit: false });
  assert.equal(staged.status, 'needs_response');
  await stripe.disputes.update(dispute.id, { evidence: { uncategorized_text: 'winning_evidence' } });
  await passTime(120);
  assert.equal((await heard('charge.dispute.closed', dispute.id)).data.object.status, 'won');
  const warned = await pay(1_000, 'pm_card_createIssuerFraudRecord');
  await passTime(120);
  const warnings = await stripe.radar.earlyFraudWarnings.list({ payment_intent: warned.id });
  assert.equal(warnings.data.length, 1);
}

async function listing() {
  const ids = [];
  for await (const event of stripe.events.list({ limit: 7 })) ids.push(event.id);
  assert.equal(new Set(ids).size, ids.length);
  assert.ok(hooks.heard.filter((event) => !event.account).every((event) => ids.includes(event.id)));
  const some = await stripe.events.list({ types: ['refund.failed', 'refund.created'] });
  assert.ok(some.data.length > 0 && some.data.every((event) => event.type.startsWith('refund.')));
  const charges = await stripe.charges.list({ limit: 2 });
  const [next] = (await stripe.charges.list({ limit: 1, starting_after: charges.data[0].id })).data;
  assert.equal(next.id, charges.data[1].id);
  const [back] = (await stripe.charges.list({ limit: 1, ending_before: charges.data[1].id })).data;
  assert.equal(back.id, charges.data[0].id);
}

async function disbelieving() {
  await sim('faults', { fault: 'hook_badly_signed', event: 'payment_intent.created' });
  await stripe.paymentIntents.create({ amount: 100, currency: 'eur' });
  const { error } = await until('an event that is signed badly', () => hooks.disbelieved[0]);
  assert.ok(error instanceof Stripe.errors.StripeSignatureVerificationError);
  assert.equal(hooks.disbelieved.length, 1);
}

await sim('hooks', { name: 'node', url: `${hooks.url}/ours`, dialect: 'stripe', secret: SECRET });
await sim('hooks', { name: 'node connect', url: `${hooks.url}/connect`, dialect: 'stripe', secret: CONNECT_SECRET, connect: true });
await tell([paying, once, givingBack, sendingOn, disputing, listing, disbelieving]);
console.log(`  ${hooks.heard.length} events were believed`);
hooks.close();
process.exit(0);

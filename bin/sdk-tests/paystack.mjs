/**
 * Drives the simulator with Paystack's own library for Node.js, which always calls https://api.paystack.co: its way out is
 * bent towards the simulator here.
 *
 *     node paystack.mjs ADDRESS FOLDER
 */
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import { dirname, join } from 'node:path';
import { BASE, listen, load, passTime, sim, tell, until } from './hearing.mjs';

https.request = (url, options, then) => {
  assert.equal(String(url), 'https://api.paystack.co');
  return http.request(BASE, options, then);
};
const { Paystack } = load('@paystack/paystack-sdk');
// As it is built, it takes the mark of its own build for one of its parts.
const parts = load(join(dirname(load.resolve('@paystack/paystack-sdk')), 'apis/index.js'));
Object.defineProperty(parts, '__esModule', { enumerable: false });
const KEY = 'sk_test_paystack';
const DAY = 86_400;
const paystack = new Paystack(KEY);
const CARD = {
  good: '4242424242424242',
  declined: '4000000000000002',
  asks: '4000000000003220',
  refundFails: '4000000000005126',
  disputed: '4000000000000259',
};

/** As Paystack's manual says: the library has nothing for it. */
const hooks = await listen((_, headers, body) => {
  const signature = createHmac('sha512', KEY).update(body).digest('hex');
  assert.equal(headers['x-paystack-signature'], signature);
  return JSON.parse(body);
});

const heard = (kind, fits = () => true) => until(kind, () => hooks.heard.find((event) => event.event === kind && fits(event.data)));

/** What the library answers, if it went well. Refusals are answers too, to this library. */
async function good(answer) {
  const { status, message, data } = await answer;
  assert.equal(status, true, message);
  return data;
}

async function refused(answer, says) {
  const { status, message } = await answer;
  assert.equal(status, false);
  assert.match(message, says);
}

let count = 0;

async function pay(amount, number = CARD.good) {
  const reference = `sdk-${(count += 1)}-${process.pid}`;
  const wish = { email: 'buyer@example.org', amount, currency: 'NGN', reference, callback_url: 'https://shop.test/back' };
  const begun = await good(paystack.transaction.initialize(wish));
  assert.equal(begun.reference, reference);
  await sim('door/checkout', { code: begun.access_code, number, expiry: '12/34' });
  return { reference, code: begun.access_code };
}

const verified = (reference) => good(paystack.transaction.verify({ reference }));

async function paying() {
  const { reference } = await pay(500_000);
  const paid = await verified(reference);
  // 1.5 % and 100 naira.
  assert.deepEqual([paid.status, paid.amount, paid.currency, paid.fees], ['success', 500_000, 'NGN', 17_500]);
  assert.equal((await heard('charge.success', (data) => data.reference === reference)).data.id, paid.id);
  assert.equal((await good(paystack.transaction.fetch({ id: paid.id }))).reference, reference);
  await refused(paystack.transaction.initialize({ email: 'buyer@example.org', amount: 1, reference }), /Duplicate/);
  await refused(paystack.transaction.verify({ reference: 'nobody' }), /not found/);
  assert.equal((await verified((await pay(1_000, CARD.declined)).reference)).status, 'failed');
  const asks = await pay(2_000, CARD.asks);
  assert.equal((await verified(asks.reference)).status, 'ongoing');
  await sim('door/checkout', { code: asks.code, passed: true });
  assert.equal((await verified(asks.reference)).status, 'success');
}

async function givingBack() {
  const { reference } = await pay(500_000);
  const part = await good(paystack.refund.create({ transaction: reference, amount: 200_000, merchant_note: 'part' }));
  assert.equal(part.status, 'pending');
  await refused(paystack.refund.create({ transaction: reference, amount: 300_001 }), /greater/);
  await passTime(120);
  await heard('refund.processed', (data) => data.transaction_reference === reference);
  const seen = await good(paystack.refund.fetch({ id: part.id }));
  assert.deepEqual([seen.status, seen.amount], ['processed', 200_000]);
  assert.ok((await good(paystack.refund.list({ perPage: 5, page: 1 }))).some((refund) => refund.id === part.id));
  const stuck = await pay(100_000, CARD.refundFails);
  await good(paystack.refund.create({ transaction: stuck.reference }));
  await passTime(120);
  await heard('refund.needs-attention', (data) => data.transaction_reference === stuck.reference);
}

async function payingOut() {
  await pay(5_000_000);
  await passTime(2 * DAY);
  const balance = async () => (await good(paystack.balance.fetch())).find((one) => one.currency === 'NGN').balance;
  const before = await balance();
  assert.ok(before > 4_000_000);
  const whose = await good(paystack.verification.resolveAccountNumber({ account_number: '0123456789', bank_code: '001' }));
  assert.equal(whose.account_number, '0123456789');
  const [bank] = await good(paystack.verification.fetchBanks({ country: 'nigeria' }));
  const recipient = (number) =>
    good(paystack.transferrecipient.create({ type: 'nuban', name: 'Ann', account_number: number, bank_code: bank.code, currency: 'NGN' }));
  const ann = await recipient('0123456789');
  assert.equal((await good(paystack.transferrecipient.fetch({ code: ann.recipient_code }))).name, 'Ann');
  const reference = `payout-${process.pid}`.padEnd(18, '-');
  const wish = { source: 'balance', amount: 1_000_000, recipient: ann.recipient_code, reason: 'Sales', currency: 'NGN', reference };
  const sent = await good(paystack.transfer.initiate(wish));
  assert.equal(sent.status, 'pending');
  await refused(paystack.transfer.initiate(wish), /unique reference/);
  await refused(paystack.transfer.initiate({ ...wish, reference: `${wish.reference}-2`, amount: 900_000_000 }), /balance is not enough/);
  await passTime(120);
  await heard('transfer.success', (data) => data.reference === wish.reference);
  assert.equal((await good(paystack.transfer.verify({ reference: wish.reference }))).status, 'success');
  assert.equal((await good(paystack.transfer.fetch({ code: sent.transfer_code }))).reference, wish.reference);
  // The transfer and 25 naira.
  assert.equal(await balance(), before - 1_000_000 - 2_500);
  const closed = await recipient('0123451113');
  const lost = { ...wish, recipient: closed.recipient_code, reference: `${wish.reference}-3` };
  await good(paystack.transfer.initiate(lost));
  await passTime(120);
  await heard('transfer.failed', (data) => data.reference === lost.reference);
  assert.equal(await balance(), before - 1_000_000 - 2_500);
  const list = await good(paystack.transfer.list({ perPage: 10, page: 1 }));
  assert.deepEqual(list.slice(0, 2).map((one) => one.reference), [lost.reference, wish.reference]);
  const lines = await good(paystack.balance.ledger({ perPage: 50, page: 1 }));
  assert.equal(lines[0].balance, await balance());
  for (const [at, line] of lines.slice(0, -1).entries()) assert.equal(line.balance - line.difference, lines[at + 1].balance);
}

async function disputing() {
  for (const [says, resolution] of [['winning_evidence', 'declined'], ['nothing', 'merchant-accepted']]) {
    const { reference } = await pay(300_000, CARD.disputed);
    await passTime(120);
    const { data } = await heard('charge.dispute.create', (dispute) => dispute.merchant_transaction_reference === reference);
    const id = data.id;
    assert.equal((await good(paystack.dispute.fetch({ id }))).status, 'awaiting-merchant-feedback');
    const ben = { customer_email: 'buyer@example.org', customer_name: 'Ben', customer_phone: '0801' };
    const evidence = await good(paystack.dispute.evidence({ id, ...ben, service_details: says }));
    const place = await good(paystack.dispute.uploadUrl({ id, upload_filename: 'a.pdf' }));
    const answer = { resolution: 'declined', message: 'It arrived.', refund_amount: 300_000 };
    await good(paystack.dispute.resolve({ id, ...answer, uploaded_filename: place.fileName, evidence: evidence.id }));
    await passTime(120);
    await heard('charge.dispute.resolve', (dispute) => dispute.id === id && dispute.resolution === resolution);
    assert.equal((await good(paystack.dispute.fetch({ id }))).resolution, resolution);
  }
  const { reference } = await pay(100_000);
  const opened = await sim('disputes', { transaction: reference });
  const number = (await verified(reference)).id;
  assert.equal((await good(paystack.dispute.transaction({ id: number }))).id, opened.id);
  assert.ok((await good(paystack.dispute.list({ perPage: 10, page: 1 }))).some((dispute) => dispute.id === opened.id));
}

async function listing() {
  const all = await good(paystack.transaction.list({ perPage: 100, page: 1 }));
  const [first] = await good(paystack.transaction.list({ perPage: 1, page: 1 }));
  const [second] = await good(paystack.transaction.list({ perPage: 1, page: 2 }));
  assert.deepEqual([first.id, second.id], [all[0].id, all[1].id]);
  await refused(new Paystack('sk_live_nobody').transaction.list({}), /Invalid key/);
}

async function disbelieving() {
  await sim('faults', { fault: 'hook_badly_signed', event: 'charge.success' });
  const { reference } = await pay(1_000);
  const { body } = await until('an event that is signed badly', () => hooks.disbelieved[0]);
  assert.equal(JSON.parse(body).data.reference, reference);
  await passTime(60);
  await heard('charge.success', (data) => data.reference === reference);
}

await sim('hooks', { name: 'paystack', url: hooks.url, dialect: 'paystack', secret: KEY });
await tell([paying, givingBack, payingOut, disputing, listing, disbelieving]);
console.log(`  ${hooks.heard.length} events were believed`);
process.exit(0);

/** The API for programs, as a careful client uses it. */

/** Waits between tries, milliseconds: the first, then each twice as long, up to the last. */
const AGAIN_MS = 250;
const AGAIN_MAX_MS = 2000;

export interface Money {
  amount: number;
  currency: string;
}

export interface Listing {
  id: string;
  url: string;
  state: string;
  title: string;
  quantity: number;
  available: number;
}

export interface Order {
  id: string;
  number: string;
  state: string;
  payment_id: string;
  items: { listing_id: string; quantity: number }[];
  amounts: { total: Money };
}

export interface Payment {
  id: string;
  state: string;
  amount: Money;
  orders: { id: string; number: string; state: string }[];
}

/** An answer, whatever its status. */
export interface Answer<T> {
  status: number;
  body: T;
  /** Of a problem: which one. */
  code?: string;
}

export const CARD = { number: '4242 4242 4242 4242', exp_month: 12, exp_year: 2034, cvc: '123' };

const ADDRESS = { name: 'Ben Roy', line1: '12 rue Mercière', postcode: '69002', town: 'Lyon', country: 'FR' };

export class Api {
  private constructor(
    private readonly base: string,
    private readonly token: string,
  ) {}

  static async signIn(url: string, email: string, password: string): Promise<Api> {
    const nobody = new Api(`${url}/api/v1`, '');
    const session = await nobody.must<{ access_token: string }>('POST', '/sessions', { email, password });
    return new Api(nobody.base, session.access_token);
  }

  /** With an API key in place of a sign-in. */
  static with(url: string, key: string): Api {
    return new Api(`${url}/api/v1`, key);
  }

  /** One request, one answer. Rejects when there is none. */
  async ask<T>(method: string, path: string, body?: unknown, key?: string): Promise<Answer<T>> {
    const headers: Record<string, string> = { Accept: 'application/json' };
    if (this.token) headers.Authorization = `Bearer ${this.token}`;
    // A form with files says itself what it is.
    const isJson = body !== undefined && !(body instanceof FormData);
    if (isJson) headers['Content-Type'] = 'application/json';
    if (key) headers['Idempotency-Key'] = key;
    const response = await fetch(this.base + path, { method, headers, body: isJson ? JSON.stringify(body) : body });
    const text = await response.text();
    const answer = text ? (JSON.parse(text) as T & { code?: string }) : ({} as T & { code?: string });
    return { status: response.status, body: answer, code: response.ok ? undefined : answer.code };
  }

  /** The same, and it must succeed. */
  async must<T>(method: string, path: string, body?: unknown, key?: string): Promise<T> {
    const answer = await this.ask<T>(method, path, body, key);
    if (answer.status < 300) return answer.body;
    throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  }

  /** Puts something on sale; it shows up in the search a moment later. */
  async sell(what: { title: string; price: number; quantity?: number; shipping?: number }): Promise<Listing> {
    const draft = await this.must<Listing>('POST', '/listings', {
      title: what.title,
      description: 'Used for two summers, works as it should.',
      category: 'sports.bikes',
      condition: 'good',
      price: { amount: what.price, currency: 'EUR' },
      shipping_price: { amount: what.shipping ?? 490, currency: 'EUR' },
      quantity: what.quantity ?? 1,
      delivery: ['ship'],
      location: 'Lyon, FR',
    });
    return this.must<Listing>('POST', `/listings/${draft.id}/publish`);
  }

  /** Adds a photo (PNG) to a listing of one's own. */
  async photo(listing: string, bytes: Buffer): Promise<void> {
    const form = new FormData();
    form.append('photo', new Blob([new Uint8Array(bytes)], { type: 'image/png' }), 'photo.png');
    await this.must('POST', `/listings/${listing}/photos`, form);
  }

  listing(id: string): Promise<Listing> {
    return this.must<Listing>('GET', `/listings/${id}`);
  }

  /** Places an order for some pieces. The key makes trying again safe. */
  order(listing: string, quantity: number, key: string): Promise<Answer<{ orders: Order[]; payment: Payment }>> {
    const body = { items: [{ listing_id: listing, quantity }], delivery: { method: 'ship', address: ADDRESS } };
    return this.ask('POST', '/orders', body, key);
  }

  pay(payment: string, key: string): Promise<Answer<Payment>> {
    return this.ask('POST', `/payments/${payment}/confirm`, { card: CARD }, key);
  }

  payment(id: string): Promise<Payment> {
    return this.must<Payment>('GET', `/payments/${id}`);
  }

  /** All of one's purchases. */
  async orders(): Promise<Order[]> {
    const all: Order[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const query: string = cursor ? `?limit=100&cursor=${cursor}` : '?limit=100';
      const page: { items: Order[]; next_cursor: string | null } = await this.must('GET', `/orders${query}`);
      all.push(...page.items);
      cursor = page.next_cursor ?? null;
    }
    return all;
  }
}

/** What was tried had no answer until patience ended. */
export class GaveUp extends Error {
  override name = 'GaveUp';
}

/** Tries again what may be tried again, as long as there is patience: no answer, "busy", "still being worked on". */
export async function persist<T>(patient: () => boolean, what: () => Promise<Answer<T>>): Promise<Answer<T>> {
  for (let wait = AGAIN_MS; ; wait = Math.min(2 * wait, AGAIN_MAX_MS)) {
    let last: unknown;
    try {
      const answer = await what();
      const later = answer.status >= 500 || answer.status === 429 || answer.code === 'key-running';
      if (!later) return answer;
      last = `${answer.status} ${JSON.stringify(answer.body)}`;
    } catch (error) {
      last = error;
    }
    // Whose patience ends does not wait any longer.
    for (let waited = 0; waited < wait; waited += AGAIN_MS) {
      if (!patient()) throw new GaveUp(String(last));
      await new Promise((done) => setTimeout(done, AGAIN_MS));
    }
  }
}

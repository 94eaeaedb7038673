/**
 * A real OpenID Connect provider for the journeys: certified, and written by others. Signing in there takes any name
 * without asking for a password; the address is made of it.
 *
 *   node e2e/oidc-server.mjs PORT CLIENT_ID CLIENT_SECRET REDIRECT_URI
 */
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';

const [port, client_id, client_secret, redirect_uri] = process.argv.slice(2);

const provider = new Provider(`http://localhost:${port}`, {
  clients: [{ client_id, client_secret, redirect_uris: [redirect_uri] }],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
  pkce: { required: () => true },
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({ sub: id, email: `${id}@example.org`, email_verified: true, name: id }),
  }),
});
createServer(provider.callback()).listen(Number(port), '127.0.0.1', () => console.log('ready'));

/**
 * Protecting an account: passkeys on a device, an authenticator app, recovery codes. Each on one kind of device; what the
 * pages look like on the other is seen in `ways`.
 */
import { generateSync } from 'otplib';
import { expect, test } from './journey';
import type { Person } from './person';
import { PASSWORD, TITLE } from './words';

/** A device with a screen lock that opens itself. */
async function device(ann: Person) {
  const cdp = await ann.page.context().newCDPSession(ann.page);
  await cdp.send('WebAuthn.enable', { enableUI: false });
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    keys: async () => (await cdp.send('WebAuthn.getCredentials', { authenticatorId })).credentials.length,
    isLost: () => cdp.send('WebAuthn.clearCredentials', { authenticatorId }),
  };
}

/** From here on the browser does not offer passkeys in the field for the address: only the button asks. */
async function offersNothing(ann: Person): Promise<void> {
  await ann.page.addInitScript(() => {
    Object.assign(PublicKeyCredential, { isConditionalMediationAvailable: () => Promise.resolve(false) });
  });
}

async function openSecurity(ann: Person): Promise<void> {
  await ann.open('/account');
  await ann.at('Your account');
  await ann.follow(/^Security/);
  await ann.at('Security');
}

test('a passkey signs in, is lost, and the account is not', { tag: '@desk' }, async ({ member }) => {
  const ann = await member('Ann');
  const phone = await device(ann);
  await openSecurity(ann);
  await ann.follow(/^Passkeys/);
  await ann.at('Passkeys');
  await ann.fill('What do you call it?', 'My phone');
  await ann.send('Add a passkey');
  await ann.isTold('Added. Next time you can sign in with it.');
  await ann.reads('My phone');
  await ann.at('Passkeys');
  expect(await phone.keys()).toBe(1);

  // Offered in the field for the address, and taken at once.
  await ann.signOut();
  await ann.page.goto('/sign-in?next=/orders', { waitUntil: 'commit' });
  await ann.at('Your purchases');

  await offersNothing(ann);
  await ann.signOut();
  await ann.open('/sign-in?next=/orders');
  await ann.at(TITLE.signIn);
  await ann.send('Sign in with a passkey');
  await ann.at('Your purchases');

  await phone.isLost();
  await ann.signOut();
  await ann.open('/sign-in');
  await ann.at(TITLE.signIn);
  await ann.button('Sign in with a passkey').click();
  await ann.reads('That did not work. Try again, or use another way.');
  await ann.leave(() => ann.enter());
  await ann.at(TITLE.home);
  await ann.open('/account/passkeys');
  await ann.send('Remove My phone');
  await ann.isTold(/^Removed\./);
  await ann.reads('No passkeys yet');
});

test('an authenticator app is asked, and a code takes its place when the phone is lost', { tag: '@phone' }, async ({ member }) => {
  const ann = await member('Ann');
  await openSecurity(ann);
  await ann.follow(/^Authenticator app/);
  await ann.at('Authenticator app');
  await ann.page.getByText('The camera does not work?').click();
  const secret = (await ann.page.locator('.secret').innerText()).replaceAll(' ', '');
  const shown = await ann.page.getByRole('link', { name: 'The app is on this device' }).getAttribute('href');
  expect(shown).toContain(`secret=${secret}`);
  await ann.fill('Six digits', '000000');
  await ann.send('Turn it on');
  await ann.mistakeAt('Six digits', /This code is not right/);
  await ann.at('Authenticator app');
  await ann.fill('Six digits', generateSync({ secret }));
  await ann.send('Turn it on');
  await ann.at('Your recovery codes');
  const codes = await ann.page.locator('.codes code').allInnerTexts();
  expect(codes).toHaveLength(10);
  await ann.follow('I have kept them');
  await ann.at('Security');
  await ann.reads('Your account is protected by a password and a second step.');

  await ann.signOut();
  await ann.open('/sign-in?next=/orders');
  await ann.leave(() => ann.enter());
  await ann.at('One more step');
  await ann.fill('Code', '000000');
  await ann.page.getByRole('main').getByRole('button', { name: 'Sign in', exact: true }).click();
  await ann.mistakeAt('Code', /This code is not right/);
  await ann.at('One more step');
  await ann.page.getByText('My phone is not here').click();
  await ann.fill('Code', codes[0].toLowerCase().replaceAll('-', ' '));
  await ann.tick('Do not ask on this device for 30 days');
  await ann.leave(() => ann.page.getByRole('main').getByRole('button', { name: 'Sign in', exact: true }).click());
  await ann.at('Your purchases');

  await ann.open('/account/codes');
  await ann.at('Recovery codes');
  await ann.reads('9 left');
  await ann.open('/account/activity');
  await ann.at('Activity');
  await ann.reads('Recovery code used');
  await ann.openMail('Recovery code used');

  // The device is not asked at the door any more, but before something sensitive.
  await ann.signOut();
  await ann.open('/sign-in?next=/account/keys/new');
  await ann.leave(() => ann.enter());
  await ann.at('Is it really you?');
  await ann.fill('Code', codes[1]);
  await ann.send('Go on');
  await ann.at('Make a key');
});

test('a new password, and showing once more who one is', { tag: '@desk' }, async ({ member }) => {
  const ann = await member('Ann');
  await openSecurity(ann);
  await ann.follow(/^Password/);
  await ann.at('Password');
  await ann.fill('Your password until now', 'not the password');
  await ann.fill('New password', 'five words are even better');
  await ann.send('Change password');
  await ann.mistakeAt('Your password until now', /That is not your password/);
  await ann.at('Password');
  await ann.fill('Your password until now', PASSWORD);
  await ann.fill('New password', 'five words are even better');
  await ann.send('Change password');
  await ann.isTold('Your password was changed.');
  await ann.at('Security');
  await ann.open('/confirm?next=/account/activity');
  await ann.at('Is it really you?');
  await ann.fill('Password', 'five words are even better');
  await ann.send('Go on');
  await ann.at('Activity');
  await ann.reads('Password changed');
});

test('who chooses a password sees how strong it is, and what they typed', { tag: '@phone' }, async ({ visitor }) => {
  const ann = await visitor('Ann');
  await ann.open('/register');
  await ann.at(TITLE.register);
  const field = ann.page.getByLabel('Password', { exact: true });
  const said = ann.page.locator('password-meter').getByRole('status');
  for (const [typed, told] of [
    ['short', 'Go on: at least 10 characters.'],
    ['xyzaxyzaxyzaxyza', 'Easy to guess: it repeats itself or counts up.'],
    ['12345678901234567890', 'Easy to guess: it repeats itself or counts up.'],
    ['qmtvrk8m2x', 'This will do. Longer is stronger.'],
    ['tradeplus-demo', 'Good. Nobody guesses this soon.'],
    [PASSWORD, 'Strong.'],
  ] as const) {
    await field.fill(typed);
    await expect(said).toHaveText(told);
  }
  await ann.page.getByRole('button', { name: 'Show what I type' }).click();
  await expect(field).toHaveAttribute('type', 'text');
  await ann.page.getByRole('button', { name: 'Hide what I type' }).click();
  await expect(field).toHaveAttribute('type', 'password');
});

/** What staff does about a member, what the member sees of it, and what the audit log keeps. */
import { expect, test } from './journey';
import { TITLE } from './words';

const WHY = {
  look: 'They cannot find their orders',
  role: 'They help us from today on',
  suspend: 'Three buyers complained',
  lift: 'It was somebody else',
};
const WORDS = 'You sold things that you did not have.';
const ANSWER = 'That was not me, I was away.';

test('a member is looked up, looked at, given a role, suspended, heard, and back again', async ({ member }) => {
  const [olga, dee] = [await member('Olga', 'operator'), await member('Dee')];
  /** From the member's page to one of the acts, which asks for the reason. */
  const begin = async (act: string, why: string) => {
    // The ways through the administration come first, and one of them may be called the same.
    await olga.leave(() => olga.page.getByRole('main').getByRole('link', { name: act, exact: true }).last().click());
    await olga.at(act);
    await olga.fill('Why', why);
  };

  await test.step('Olga finds Dee', async () => {
    await olga.open('/admin/members');
    await olga.at('Members');
    await olga.fill('Handle, name or address', dee.email);
    await olga.send('Open');
    await olga.at('Members');
    await olga.follow(new RegExp(`^${dee.name}`));
    await olga.at(dee.name);
    await olga.reads(dee.email);
  });
  await test.step('she sees what Dee sees, and changes nothing', async () => {
    const bar = olga.page.getByRole('complementary', { name: 'You look as a member' });
    await begin('Look as this member', WHY.look);
    await olga.send('Look as this member');
    await olga.at(TITLE.home);
    await expect(bar).toContainText(`You look as ${dee.name}.`);
    for (const [path, title] of [
      ['/orders', 'Your purchases'],
      ['/account/profile', 'Profile'],
    ]) {
      await olga.open(path);
      await olga.at(title);
      await expect(bar).toContainText(`You look as ${dee.name}.`);
    }
    await olga.fill('Name', 'Mallory');
    await olga.send('Save');
    await olga.at('You are only looking');
    await olga.open('/account/security');
    await olga.at('You are only looking');
    await expect(bar).toBeVisible();
    await olga.send('Stop looking');
    await olga.at(dee.name);
    await olga.isTold('You are yourself again.');
  });
  await test.step('she gives Dee a role', async () => {
    await begin('Roles', WHY.role);
    await olga.choose(/^Give: Moderator/);
    await olga.send('Change roles');
    await olga.at(dee.name);
    await olga.isTold('The roles were changed, and the member was told.');
  });
  await test.step('she suspends Dee', async () => {
    await begin('Suspend', WHY.suspend);
    await olga.fill('What the member reads', WORDS);
    await olga.pick('How long', '7 days');
    await olga.send('Suspend');
    await olga.at(dee.name);
    await olga.isTold('The member is suspended and was told.');
  });
  await test.step('Dee is signed out, reads why, and answers', async () => {
    await dee.open('/orders');
    await dee.leave(() => dee.enter());
    await dee.at('Your account is suspended');
    await dee.reads(WORDS);
    await expect(dee.page.getByText(WHY.suspend)).toHaveCount(0);
    await dee.open('/account/profile');
    await dee.at('Your account is suspended');
    await dee.fill('Your answer', ANSWER);
    await dee.send('Send');
    await dee.at('Your account is suspended');
    await dee.isTold('Your answer was sent.');
  });
  await test.step('Olga reads it and lifts the suspension', async () => {
    await olga.open('/admin/members?only=appeals');
    await olga.at('Members');
    await olga.follow(new RegExp(`^${dee.name}`));
    await olga.at(dee.name);
    await olga.reads(ANSWER);
    await begin('Lift the suspension', WHY.lift);
    await olga.send('Lift the suspension');
    await olga.at(dee.name);
    await olga.isTold('The suspension is lifted, and the member was told.');
  });
  await test.step('Dee is back, and sees all of it', async () => {
    await dee.open('/account/activity');
    await dee.at('Activity');
    for (const told of ['Staff looked as you', 'You are given a role', 'Your account is suspended', 'Your suspension is over']) {
      await dee.reads(told);
    }
  });
  await test.step('and so does the audit log, with the reasons', async () => {
    await olga.follow('What the audit log says about this member');
    await olga.at('Audit log');
    const log = olga.page.getByRole('main');
    for (const action of ['staff.look', 'staff.look_end', 'roles.grant', 'staff.suspend', 'staff.appeal', 'staff.lift']) {
      await expect(log.getByRole('cell', { name: action, exact: true })).toBeVisible();
    }
    for (const why of Object.values(WHY)) await olga.reads(why);
  });
});

import { SignJWT } from 'jose'
import type { World } from './sdk-journeys-server.ts'
import { password } from './sdk-journeys-server.ts'
import { codeOfApp, mailTo, press, scan, signInElsewhere } from './sdk-turns.ts'
import { hiddenValue, type Moment, type Walk } from './sdk-walk.ts'

// Walks through journeys that show node types at work.

const as = (name: string, secret = password) => ({ NameCallback: name, PasswordCallback: secret })
const realm = '/alpha'

async function readWelcome(moment: Moment<World>) {
  const mail = await mailTo('first', moment)
  if (!mail.includes('Wal')) throw new Error(`${mail} is not a welcome email`)
  return 'first'
}

/** A token signed with the tool's key, with the nonce of the step. */
async function toolToken({ world, step }: Moment<World>) {
  const claims = { sub: 'alex', nonce: hiddenValue(step) }
  const token = new SignJWT(claims).setProtectedHeader({ alg: 'EdDSA' }).setExpirationTime('1m')
  return token.sign(world.toolKey)
}

export const walksOfNodes: Walk<World>[] = [
  {
    journey: 'ToolSignIn',
    does: 'signs in a tool with a known key',
    turns: [{ HiddenValueCallback: toolToken }],
    succeeds: { realm },
  },
  {
    journey: 'ToolSignIn',
    does: 'rejects another token',
    turns: [{ HiddenValueCallback: 'a.b.c' }],
    fails: 'Login failure',
  },
  { journey: 'SignInTime', does: 'records its duration', turns: [as('first')], succeeds: { realm } },
  {
    journey: 'SignInTime',
    does: 'records nothing for a failure',
    turns: [as('first', 'wrong')],
    fails: 'Login failure',
  },
  {
    journey: 'LongStanding',
    does: 'asks people with an old account a question',
    turns: [as('long'), press(0)],
    succeeds: { realm },
  },
  { journey: 'LongStanding', does: 'asks others nothing', turns: [as('first')], succeeds: { realm } },
  { journey: 'LogoutWebhook', does: 'registers a webhook', turns: [as('first')], succeeds: { realm } },
  { journey: 'ShowState', does: 'shows its state', turns: [as('first'), {}], succeeds: { realm } },
  { journey: 'WelcomeOnce', does: 'sends a welcome email once', turns: [as('first')], succeeds: { realm } },
  {
    journey: 'WelcomeOnce',
    does: 'has sent the email by the next sign-in',
    turns: [{ ...as('first'), NameCallback: readWelcome }],
    succeeds: { realm },
  },
  {
    journey: 'AppFirst',
    does: 'offers the app, verifies it and stores it',
    turns: [
      as('first'),
      press(1),
      press(0),
      { ConfirmationCallback: scan },
      { NameCallback: codeOfApp, ...press(0) },
    ],
    succeeds: { realm },
  },
  {
    journey: 'AppFirst',
    does: 'then asks for the app’s code',
    turns: [as('first'), { NameCallback: '000000', ...press(0) }],
    fails: 'Login failure',
  },
  {
    journey: 'ElsewhereOrAgain',
    does: 'offers the choice again after a cancellation',
    turns: [
      ({ step, client }) => client.next(step, { error: 'access_denied' }),
      (moment) => signInElsewhere(moment),
    ],
    succeeds: { realm },
  },
]

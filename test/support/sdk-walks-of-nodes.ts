import { SignJWT } from 'jose'
import type { World } from './sdk-journeys-server.ts'
import { password } from './sdk-journeys-server.ts'
import { codeOfApp, mailTo, press, scan, signInElsewhere } from './sdk-turns.ts'
import { hiddenValue, type Moment, type Walk } from './sdk-walk.ts'

// Walks of journeys that are there to show node types at work.

const as = (name: string, secret = password) => ({ NameCallback: name, PasswordCallback: secret })
const realm = '/alpha'

async function welcomed(moment: Moment<World>) {
  const mail = await mailTo('first', moment)
  if (!mail.includes('Wal')) throw new Error(`${mail} is no welcome`)
  return 'first'
}

/** A token of a tool, signed with the key that the server has on file, for the nonce that it was asked with. */
async function toolToken({ world, step }: Moment<World>) {
  const claims = { sub: 'alex', nonce: hiddenValue(step) }
  const token = new SignJWT(claims).setProtectedHeader({ alg: 'EdDSA' }).setExpirationTime('1m')
  return token.sign(world.toolKey)
}

export const walksOfNodes: Walk<World>[] = [
  {
    journey: 'ToolSignIn',
    does: 'lets in whose key is on file',
    turns: [{ HiddenValueCallback: toolToken }],
    succeeds: { realm },
  },
  {
    journey: 'ToolSignIn',
    does: 'lets in nobody with a token of somebody else',
    turns: [{ HiddenValueCallback: 'a.b.c' }],
    fails: 'Login failure',
  },
  { journey: 'HowLong', does: 'takes its time', turns: [as('first')], succeeds: { realm } },
  {
    journey: 'HowLong',
    does: 'measures nobody who fails',
    turns: [as('first', 'wrong')],
    fails: 'Login failure',
  },
  {
    journey: 'LongStanding',
    does: 'asks who has been here for long whether all is well',
    turns: [as('long'), press(0)],
    succeeds: { realm },
  },
  { journey: 'LongStanding', does: 'does not ask others', turns: [as('first')], succeeds: { realm } },
  { journey: 'LogoutTold', does: 'signs in, to be told of later', turns: [as('first')], succeeds: { realm } },
  { journey: 'LookedInto', does: 'shows its state', turns: [as('first'), {}], succeeds: { realm } },
  { journey: 'WelcomeOnce', does: 'welcomes who comes first', turns: [as('first')], succeeds: { realm } },
  {
    journey: 'WelcomeOnce',
    does: 'has sent the mail by then',
    turns: [{ ...as('first'), NameCallback: welcomed }],
    succeeds: { realm },
  },
  {
    journey: 'AppFirst',
    does: 'gets the app, tries it and stores it',
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
    does: 'asks for the app from then on',
    turns: [as('first'), { NameCallback: '000000', ...press(0) }],
    fails: 'Login failure',
  },
  {
    journey: 'ElsewhereOrAgain',
    does: 'lets who gave up choose again',
    turns: [
      ({ step, client }) => client.next(step, { error: 'access_denied' }),
      (moment) => signInElsewhere(moment),
    ],
    succeeds: { realm },
  },
]

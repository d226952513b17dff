import { FeedReader } from './feed-reader.ts'
import type { SdkResult } from './sdk-clients.ts'
import type { World } from './sdk-journeys-server.ts'
import { password } from './sdk-journeys-server.ts'
import { type Moment, outputOf, stepOf, type Walk } from './sdk-walk.ts'

// Walks through the samples, and through journeys that other tests walk without an SDK.

const alex = { NameCallback: 'alex', PasswordCallback: 'Alex-Pass-2026' }
const wrong = { NameCallback: 'dana', PasswordCallback: 'wrong' }
const as = (name: string) => ({ NameCallback: name, PasswordCallback: password })

const registration = (name: string, mail: string) => ({
  ValidatedCreateUsernameCallback: name,
  ValidatedCreatePasswordCallback: 'Robin-Pass-2026',
  StringAttributeInputCallback: ['Robin', 'Reed', mail],
  KbaCreateCallback: [
    { question: '0', answer: 'Blue' },
    { question: 'My cat?', answer: 'Tom' },
  ],
  ConsentMappingCallback: true,
  TermsAndConditionsCallback: true,
})

/** The caller opens the link and signs in. */
async function verify({ client, world }: Moment<World>, link: string, secret: string) {
  const query = { ...Object.fromEntries(new URL(link).searchParams), ForceAuth: 'true' }
  const asked = stepOf(await client.start(undefined, query))
  asked.callbacks.find((callback) => callback.getType() === 'PasswordCallback')?.setInputValue(secret)
  const end = await client.next(asked)
  world.forgetCookies()
  return end
}

/** The agent's page returns when there is something new, until the caller is verified. */
async function waitFor({ client, step }: Moment<World>) {
  let page: SdkResult = step
  for (let times = 0; page.type === 'Step' && times < 10; times++) page = await client.next(page)
  return page
}

const linkIn = ({ step }: Moment<World>) => String(outputOf(step, 'message'))

/** The link in the feed, from which the agent's page learns it. */
async function linkInFeed({ step, world }: Moment<World>) {
  const feed = await FeedReader.open(world.url, { headers: { 'x-sidegate-authid': step.payload.authId } })
  const [snapshot] = await feed.first(1)
  return String(snapshot?.data.redirectUri)
}

const caller = { StringAttributeInputCallback: 'alex@example.com' }

export const walksOfSamples: Walk<World>[] = [
  { journey: 'Login', does: 'signs in', turns: [alex], succeeds: { url: '/enduser/?realm=/alpha' } },
  {
    journey: 'Login',
    does: 'allows four tries',
    turns: [wrong, wrong, wrong, wrong],
    fails: 'Login failure',
  },
  { journey: 'PlatformLogin', does: 'signs in', turns: [alex], succeeds: { realm: '/alpha' } },
  {
    journey: 'PlatformLogin',
    does: 'says that a person is locked out',
    turns: [{ NameCallback: 'kim', PasswordCallback: 'Kim-Pass-2026' }],
    fails: 'User Locked Out.',
  },
  {
    journey: 'StepUp',
    does: 'raises the level',
    turns: [alex, { ConfirmationCallback: 0 }],
    succeeds: { url: '/enduser/?realm=/alpha#step-up' },
  },
  {
    journey: 'StepUp',
    does: 'stops at the lower level',
    turns: [alex, { ConfirmationCallback: 1 }],
    fails: 'Login failure',
  },
  {
    journey: 'Greeting',
    does: 'greets with a script and its library',
    turns: [{ ChoiceCallback: 0 }, { NameCallback: 'Zoë', ChoiceCallback: 2 }],
    succeeds: {},
  },
  { journey: 'Greeting', does: 'greets with a legacy script', turns: [{ ChoiceCallback: 1 }], succeeds: {} },
  {
    journey: 'HelpDesk',
    does: 'waits until VerifyCaller verifies the caller',
    turns: [
      caller,
      async (moment) => {
        const verified = await verify(moment, await linkInFeed(moment), 'Alex-Pass-2026')
        return verified.type === 'LoginSuccess' ? waitFor(moment) : verified
      },
    ],
    succeeds: {},
  },
  {
    journey: 'HelpDesk',
    does: 'rejects an unknown caller',
    turns: [{ StringAttributeInputCallback: 'nobody@example.com' }],
    fails: 'Login failure',
  },
  {
    journey: 'HelpDeskLink',
    does: 'shows the link and waits',
    turns: [
      caller,
      async (moment) => {
        const verified = await verify(moment, linkIn(moment), 'Alex-Pass-2026')
        return verified.type === 'LoginSuccess' ? waitFor(moment) : verified
      },
    ],
    succeeds: {},
  },
  {
    journey: 'HelpDeskLink',
    does: 'rejects a wrong password of the caller',
    turns: [caller, (moment) => verify(moment, linkIn(moment), 'wrong')],
    fails: 'Login failure',
  },
  {
    journey: 'Registration',
    does: 'creates a person',
    turns: [registration('robin', 'robin@example.com')],
    succeeds: { realm: '/alpha' },
  },
  {
    journey: 'Registration',
    does: 'names the violated policy',
    turns: [registration('rob', 'nowhere')],
    fails: 'Policy validation failed: mail VALID_EMAIL_ADDRESS_FORMAT',
  },
  {
    journey: 'ShortRegistration',
    does: 'says that something is missing',
    turns: [{ NameCallback: 'rob', StringAttributeInputCallback: 'Rob' }],
    fails: 'Something is missing',
  },
  {
    journey: 'Guest',
    does: 'signs a guest in',
    turns: [{ NameCallback: 'anything' }],
    headers: { 'x-desk': 'north', cookie: 'seen=1' },
    succeeds: { realm: '/alpha' },
  },
  {
    journey: 'GuestUpgrade',
    does: 'upgrades the guest’s session',
    turns: [alex],
    keepsCookies: true,
    succeeds: { realm: '/alpha' },
  },
  { journey: 'Guest', does: 'fails without the expected header', turns: [], fails: 'We are sorry' },
  {
    journey: 'GuestUpgrade',
    does: 'is for guests only',
    turns: [],
    fails: 'Login failure',
  },
  {
    journey: 'AgentLogin',
    does: 'signs an agent in',
    turns: [{ NameCallback: 'web-agent', PasswordCallback: 'Agent-Pass-2026' }],
    succeeds: { realm: '/alpha' },
  },
  { journey: 'AgentLogin', does: 'rejects people', turns: [alex], fails: 'Login failure' },
  {
    journey: 'OptOut',
    does: 'lets a person opt out',
    turns: [as('opt'), { ConfirmationCallback: 2 }],
    succeeds: { realm: '/alpha' },
  },
  {
    journey: 'PasswordResetByKba',
    does: 'accepts a new password after a right answer',
    turns: [
      { StringAttributeInputCallback: 'asked@example.com' },
      { PasswordCallback: ' tOM ' },
      { ValidatedCreatePasswordCallback: 'New-Pass-2026' },
    ],
    succeeds: { realm: '/alpha' },
  },
  {
    journey: 'PasswordResetByKba',
    does: 'rejects a wrong answer',
    turns: [{ StringAttributeInputCallback: 'asked@example.com' }, { PasswordCallback: 'Tim' }],
    fails: 'Login failure',
  },
  {
    journey: 'PasswordResetByKba',
    does: 'sends locked people to the help desk',
    turns: [{ StringAttributeInputCallback: 'kim@example.com' }],
    fails: 'Ask the help desk',
  },
  {
    journey: 'ProgressiveProfile',
    does: 'asks for more and stores it',
    turns: [as('quiet'), { BooleanAttributeInputCallback: true, StringAttributeInputCallback: 'Rome' }],
    succeeds: { realm: '/alpha' },
  },
  {
    journey: 'ProgressiveProfile',
    does: 'rejects an answer of the last sign-in',
    turns: [as('quiet')],
    fails: 'Not from Oslo',
  },
  {
    journey: 'TermsLogin',
    does: 'asks until the terms are accepted',
    turns: [as('terms'), { TermsAndConditionsCallback: false }, { TermsAndConditionsCallback: true }],
    succeeds: { realm: '/alpha' },
  },
  { journey: 'TermsLogin', does: 'asks for the terms once', turns: [as('terms')], succeeds: {} },
]

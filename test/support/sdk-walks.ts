import { vi } from 'vitest'
import type { World } from './sdk-journeys-server.ts'
import { directoryPassword, password } from './sdk-journeys-server.ts'
import {
  choose,
  codeOfApp,
  linkInMail,
  mailTo,
  press,
  scan,
  signInBySaml,
  signInElsewhere,
  writeDown,
} from './sdk-turns.ts'
import { type Moment, outputOf, type Walk } from './sdk-walk.ts'

// Walks through journeys like those of real tenants.

const as = (name: string, secret = password) => ({ NameCallback: name, PasswordCallback: secret })
const alex = as('alex', 'Alex-Pass-2026')
const dana = as('dana', 'Dana-Pass-2026')
const realm = '/alpha'

const codeByMail = async (moment: Moment<World>) =>
  /\d{8}/.exec(await mailTo('code', moment))?.[0] ?? 'no code'

async function openLink(moment: Moment<World>) {
  const link = await linkInMail('reset', moment)
  moment.world.kept.set('link', link)
  return moment.client.resume(link)
}

const openLinkAgain = ({ client, world }: Moment<World>) => client.resume(world.kept.get('link') ?? '')

/** The page returns after its wait. */
async function comeBackLater({ step, client }: Moment<World>) {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 2_000 })
  try {
    return await client.next(step)
  } finally {
    vi.useRealTimers()
  }
}

const profile = (identifier: string) => ({
  DeviceProfileCallback: JSON.stringify({
    identifier,
    metadata: { platform: { deviceName: identifier } },
  }),
})

export const walks: Walk<World>[] = [
  {
    journey: 'LockedAfterThree',
    does: 'accepts the right password at the second try',
    turns: [{ NameCallback: 'lock' }, { PasswordCallback: 'wrong' }, { PasswordCallback: password }],
    succeeds: { realm },
  },
  {
    journey: 'LockedAfterThree',
    does: 'locks the account after three wrong passwords',
    turns: [{ NameCallback: 'lock' }, ...[1, 2, 3].map((i) => ({ PasswordCallback: `wrong ${i}` }))],
    fails: 'This account is locked',
  },
  {
    journey: 'LockedAfterThree',
    does: 'asks a locked person for no password',
    turns: [{ NameCallback: 'lock' }],
    fails: 'This account is locked',
  },
  {
    journey: 'CoffeeOrTea',
    does: 'asks again after a request for time',
    turns: [choose(0), press(1), choose(0), press(0)],
    succeeds: {},
  },
  { journey: 'CoffeeOrTea', does: 'has no tea', turns: [choose(1)], fails: 'There is no tea' },
  {
    journey: 'ConfiguredByScript',
    does: 'ends with the exit button of a wait that a script configured',
    turns: [press(0), press(0)],
    fails: 'You did not wait',
  },
  {
    journey: 'ConfiguredByScript',
    does: 'waits',
    turns: [press(0), comeBackLater],
    succeeds: {},
  },
  {
    journey: 'ConfiguredByScript',
    does: 'has an outcome for a missing configuration',
    turns: [press(1)],
    fails: 'Nothing was configured',
  },
  {
    journey: 'StateAndAddresses',
    does: 'sets the success URL',
    query: { campaign: 'spring' },
    turns: [
      {
        MetadataCallback: ({ step }: Moment<World>) => {
          const shown = JSON.stringify([step.getStage(), outputOf(step, 'data')])
          const wanted = '["green-page",{"campaign":["spring"],"colour":"green"}]'
          if (shown !== wanted) throw new Error(`${shown} is not ${wanted}`)
        },
        ...alex,
      },
    ],
    succeeds: { url: '/enduser/?realm=/alpha#green' },
  },
  {
    journey: 'StateAndAddresses',
    does: 'fails',
    turns: [as('alex', 'wrong')],
    fails: 'Login failure',
  },
  { journey: 'HigherLevel', does: 'raises the level twice', turns: [alex, press(0)], succeeds: { realm } },
  {
    journey: 'HigherLevel',
    does: 'stops at a low level',
    turns: [alex, press(1)],
    fails: 'The level is too low',
  },
  {
    journey: 'ZeroPage',
    does: 'signs in with headers alone',
    turns: [],
    headers: { 'x-desk-username': 'alex', 'x-desk-password': 'Alex-Pass-2026' },
    succeeds: { realm },
  },
  {
    journey: 'ZeroPage',
    does: 'asks for name and password without headers',
    turns: [alex],
    succeeds: { realm },
  },
  {
    journey: 'ZeroPage',
    does: 'rejects wrong headers',
    turns: [],
    headers: { 'x-desk-username': 'alex', 'x-desk-password': 'wrong' },
    fails: 'Login failure',
  },
  {
    journey: 'TwoDoors',
    does: 'signs staff in',
    turns: [{ NameCallback: 'alex', ...choose(0) }, { PasswordCallback: 'Alex-Pass-2026' }],
    succeeds: { realm },
  },
  {
    journey: 'TwoDoors',
    does: 'rejects visitors',
    turns: [{ NameCallback: 'alex', ...choose(1) }],
    fails: 'Visitors come tomorrow',
  },
  { journey: 'AroundInnerCheck', does: 'continues after it', turns: [choose(0), alex], succeeds: { realm } },
  { journey: 'AroundInnerCheck', does: 'fails', turns: [choose(1)], fails: 'The inner journey failed' },
  {
    journey: 'AroundInnerCheck',
    does: 'catches an error',
    turns: [choose(2)],
    fails: 'The inner journey broke',
  },
  {
    journey: 'ResetByMail',
    does: 'continues from the link in the email',
    turns: [
      { StringAttributeInputCallback: 'reset@example.com' },
      openLink,
      { PasswordCallback: 'New-Pass-2026' },
    ],
    succeeds: { realm },
  },
  {
    journey: 'ResetByMail',
    does: 'continues from a link once',
    turns: [{ StringAttributeInputCallback: 'nobody@example.com' }, openLinkAgain],
    fails: 'Session has timed out',
  },
  {
    journey: 'CodeByMail',
    does: 'accepts the code in the email',
    turns: [as('code'), { PasswordCallback: codeByMail }],
    succeeds: { realm },
  },
  {
    journey: 'CodeByMail',
    does: 'rejects another code',
    turns: [as('code'), { PasswordCallback: 'no code' }],
    fails: 'That was not the code',
  },
  { journey: 'AppSignIn', does: 'requires an app', turns: [as('app')], fails: 'Set up your app first' },
  {
    journey: 'AppSetUp',
    does: 'shows the QR code and the recovery codes',
    turns: [as('app'), { ConfirmationCallback: scan }, { TextOutputCallback: writeDown }],
    succeeds: { realm },
  },
  {
    journey: 'AppSignIn',
    does: 'accepts the code of the app',
    turns: [as('app'), { NameCallback: codeOfApp, ...press(0) }],
    succeeds: { realm },
  },
  {
    journey: 'AppSignIn',
    does: 'accepts a recovery code',
    turns: [
      as('app'),
      press(1),
      { NameCallback: ({ world }: Moment<World>) => world.kept.get('recovery code') },
    ],
    succeeds: { realm },
  },
  {
    journey: 'AppSignIn',
    does: 'rejects an invented recovery code',
    turns: [as('app'), press(1), { NameCallback: 'invented' }],
    fails: 'Wrong code',
  },
  { journey: 'RememberMe', does: 'asks in a new browser', turns: [dana], succeeds: { realm } },
  {
    journey: 'RememberMe',
    does: 'recognises the browser despite ForceAuth',
    query: { ForceAuth: 'true' },
    keepsCookies: true,
    turns: [],
    succeeds: { realm },
  },
  { journey: 'CookieGiven', does: 'sets a cookie', turns: [dana], succeeds: { realm } },
  {
    journey: 'CookieGiven',
    does: 'finds the cookie again',
    query: { ForceAuth: 'true' },
    keepsCookies: true,
    turns: [],
    fails: 'You were here before',
  },
  {
    journey: 'KnownDevice',
    does: 'saves a new device',
    turns: [as('device'), profile('laptop'), press(0)],
    succeeds: { realm },
  },
  {
    journey: 'KnownDevice',
    does: 'recognises the device',
    turns: [as('device'), profile('laptop')],
    succeeds: { realm },
  },
  {
    journey: 'KnownDevice',
    does: 'rejects another device',
    turns: [as('device'), profile('phone'), press(1)],
    fails: 'This device is not known',
  },
  { journey: 'StaffOnly', does: 'signs the desk in', turns: [dana], succeeds: { realm } },
  { journey: 'StaffOnly', does: 'rejects others', turns: [alex], fails: 'This is for the desk' },
  {
    journey: 'StaffOnly',
    does: 'rejects people without a telephone number',
    turns: [as('again')],
    fails: 'We cannot call you',
  },
  {
    journey: 'NewQuestions',
    does: 'stores questions and consent',
    turns: [
      as('kba'),
      {
        KbaCreateCallback: [
          { question: 'My horse?', answer: 'Max' },
          { question: 'My bird?', answer: 'Tim' },
        ],
        ConsentMappingCallback: true,
      },
    ],
    succeeds: { realm },
  },
  {
    journey: 'Riddle',
    does: 'accepts the right answer',
    turns: [{ TextInputCallback: 'a towel', ...press(0) }, press(0)],
    succeeds: {},
  },
  {
    journey: 'Riddle',
    does: 'rejects an answer with a legacy script',
    turns: [{ TextInputCallback: 'the sea', ...press(0) }, press(0)],
    fails: 'Wrong answer',
  },
  {
    journey: 'Riddle',
    does: 'shows the answer after giving up',
    turns: [press(1)],
    fails: 'It was a towel',
  },
  { journey: 'AnyWay', does: 'uses the new page', turns: [dana], succeeds: { realm } },
  { journey: 'AnyWay', does: 'fails', turns: [as('dana', 'no')], fails: 'The new page is sorry' },
  {
    journey: 'DirectoryLogin',
    does: 'accepts the password of the directory',
    turns: [as('alex', directoryPassword)],
    succeeds: { realm },
  },
  {
    journey: 'DirectoryLogin',
    does: 'rejects another password',
    turns: [alex],
    fails: 'The directory says no',
  },
  {
    journey: 'SignInElsewhere',
    does: 'creates a person who signed in at the provider',
    turns: [(moment) => signInElsewhere(moment)],
    succeeds: { url: '/enduser/?realm=/alpha#new' },
  },
  {
    journey: 'SignInElsewhere',
    does: 'recognises them the next time',
    turns: [(moment) => signInElsewhere(moment)],
    succeeds: { url: '/enduser/?realm=/alpha' },
  },
  {
    journey: 'SignInElsewhere',
    does: 'rejects another state',
    turns: [(moment) => signInElsewhere(moment, { state: 'another' })],
    fails: 'Login failure',
  },
  {
    journey: 'SamlSignIn',
    does: 'creates and links an account after SAML',
    turns: [(moment) => signInBySaml(moment)],
    succeeds: { realm },
  },
  {
    journey: 'SamlSignIn',
    does: 'recognises them the next time, whatever the attributes',
    turns: [(moment) => signInBySaml(moment, { attributes: {} })],
    succeeds: { realm },
  },
  {
    journey: 'SamlSignIn',
    does: 'rejects another audience',
    turns: [(moment) => signInBySaml(moment, { audience: 'https://other.example.com' })],
    fails: 'Login failure',
  },
]

import { vi } from 'vitest'
import type { World } from './sdk-journeys-server.ts'
import { directoryPassword, password } from './sdk-journeys-server.ts'
import {
  choose,
  codeOfApp,
  mailedLink,
  mailTo,
  press,
  scan,
  signInBySaml,
  signInElsewhere,
  writeDown,
} from './sdk-turns.ts'
import { type Moment, outputOf, type Walk } from './sdk-walk.ts'

// Walks of journeys that are shaped like those of real tenants.

const as = (name: string, secret = password) => ({ NameCallback: name, PasswordCallback: secret })
const alex = as('alex', 'Alex-Pass-2026')
const dana = as('dana', 'Dana-Pass-2026')
const realm = '/alpha'

const codeByMail = async (moment: Moment<World>) =>
  /\d{8}/.exec(await mailTo('code', moment))?.[0] ?? 'no code'

async function openLink(moment: Moment<World>) {
  const link = await mailedLink('reset', moment)
  moment.world.kept.set('link', link)
  return moment.client.resume(link)
}

const openLinkAgain = ({ client, world }: Moment<World>) => client.resume(world.kept.get('link') ?? '')

/** The page comes back when its time is over. */
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
    does: 'takes the right password at the second try',
    turns: [{ NameCallback: 'lock' }, { PasswordCallback: 'wrong' }, { PasswordCallback: password }],
    succeeds: { realm },
  },
  {
    journey: 'LockedAfterThree',
    does: 'locks the account after three wrong ones',
    turns: [{ NameCallback: 'lock' }, ...[1, 2, 3].map((i) => ({ PasswordCallback: `wrong ${i}` }))],
    fails: 'This account is locked',
  },
  {
    journey: 'LockedAfterThree',
    does: 'does not ask who is locked for a password',
    turns: [{ NameCallback: 'lock' }],
    fails: 'This account is locked',
  },
  {
    journey: 'CoffeeOrTea',
    does: 'asks again who wants to think',
    turns: [choose(0), press(1), choose(0), press(0)],
    succeeds: {},
  },
  { journey: 'CoffeeOrTea', does: 'has no tea', turns: [choose(1)], fails: 'There is no tea' },
  {
    journey: 'ConfiguredByScript',
    does: 'is left by the button of a wait that a script configured',
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
    does: 'has a way on where a script configured nothing',
    turns: [press(1)],
    fails: 'Nothing was configured',
  },
  {
    journey: 'StateAndAddresses',
    does: 'sets where to go',
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
  { journey: 'HigherLevel', does: 'goes up twice', turns: [alex, press(0)], succeeds: { realm } },
  {
    journey: 'HigherLevel',
    does: 'stays too low',
    turns: [alex, press(1)],
    fails: 'The level is too low',
  },
  {
    journey: 'ZeroPage',
    does: 'takes the headers and asks nothing',
    turns: [],
    headers: { 'x-desk-username': 'alex', 'x-desk-password': 'Alex-Pass-2026' },
    succeeds: { realm },
  },
  { journey: 'ZeroPage', does: 'asks who sends no headers', turns: [alex], succeeds: { realm } },
  {
    journey: 'ZeroPage',
    does: 'refuses wrong headers',
    turns: [],
    headers: { 'x-desk-username': 'alex', 'x-desk-password': 'wrong' },
    fails: 'Login failure',
  },
  {
    journey: 'TwoDoors',
    does: 'lets staff in',
    turns: [{ NameCallback: 'alex', ...choose(0) }, { PasswordCallback: 'Alex-Pass-2026' }],
    succeeds: { realm },
  },
  {
    journey: 'TwoDoors',
    does: 'sends visitors away',
    turns: [{ NameCallback: 'alex', ...choose(1) }],
    fails: 'Visitors come tomorrow',
  },
  { journey: 'AroundInnerCheck', does: 'goes on after it', turns: [choose(0), alex], succeeds: { realm } },
  { journey: 'AroundInnerCheck', does: 'fails', turns: [choose(1)], fails: 'The inner journey failed' },
  { journey: 'AroundInnerCheck', does: 'breaks', turns: [choose(2)], fails: 'The inner journey broke' },
  {
    journey: 'ResetByMail',
    does: 'goes on by the link in the mail',
    turns: [
      { StringAttributeInputCallback: 'reset@example.com' },
      openLink,
      { PasswordCallback: 'New-Pass-2026' },
    ],
    succeeds: { realm },
  },
  {
    journey: 'ResetByMail',
    does: 'goes on by a link once',
    turns: [{ StringAttributeInputCallback: 'nobody@example.com' }, openLinkAgain],
    fails: 'Session has timed out',
  },
  {
    journey: 'CodeByMail',
    does: 'takes the code in the mail',
    turns: [as('code'), { PasswordCallback: codeByMail }],
    succeeds: { realm },
  },
  {
    journey: 'CodeByMail',
    does: 'takes no other code',
    turns: [as('code'), { PasswordCallback: 'no code' }],
    fails: 'That was not the code',
  },
  { journey: 'AppSignIn', does: 'wants an app', turns: [as('app')], fails: 'Set up your app first' },
  {
    journey: 'AppSetUp',
    does: 'shows the QR code and the recovery codes',
    turns: [as('app'), { ConfirmationCallback: scan }, { TextOutputCallback: writeDown }],
    succeeds: { realm },
  },
  {
    journey: 'AppSignIn',
    does: 'takes the code of the app',
    turns: [as('app'), { NameCallback: codeOfApp, ...press(0) }],
    succeeds: { realm },
  },
  {
    journey: 'AppSignIn',
    does: 'takes a recovery code',
    turns: [
      as('app'),
      press(1),
      { NameCallback: ({ world }: Moment<World>) => world.kept.get('recovery code') },
    ],
    succeeds: { realm },
  },
  {
    journey: 'AppSignIn',
    does: 'takes no invented recovery code',
    turns: [as('app'), press(1), { NameCallback: 'invented' }],
    fails: 'Wrong code',
  },
  { journey: 'RememberMe', does: 'asks a new browser', turns: [dana], succeeds: { realm } },
  {
    journey: 'RememberMe',
    does: 'knows the browser again, although it should ask anew',
    query: { ForceAuth: 'true' },
    keepsCookies: true,
    turns: [],
    succeeds: { realm },
  },
  { journey: 'CookieGiven', does: 'gives a cookie', turns: [dana], succeeds: { realm } },
  {
    journey: 'CookieGiven',
    does: 'sees it again',
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
    does: 'knows it again',
    turns: [as('device'), profile('laptop')],
    succeeds: { realm },
  },
  {
    journey: 'KnownDevice',
    does: 'does not know another',
    turns: [as('device'), profile('phone'), press(1)],
    fails: 'This device is not known',
  },
  { journey: 'StaffOnly', does: 'lets the desk in', turns: [dana], succeeds: { realm } },
  { journey: 'StaffOnly', does: 'refuses others', turns: [alex], fails: 'This is for the desk' },
  {
    journey: 'StaffOnly',
    does: 'refuses who has no telephone',
    turns: [as('again')],
    fails: 'We cannot call you',
  },
  {
    journey: 'NewQuestions',
    does: 'keeps them with the consent',
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
    does: 'takes the answer',
    turns: [{ TextInputCallback: 'a towel', ...press(0) }, press(0)],
    succeeds: {},
  },
  {
    journey: 'Riddle',
    does: 'says by a legacy script that an answer is wrong',
    turns: [{ TextInputCallback: 'the sea', ...press(0) }, press(0)],
    fails: 'Wrong answer',
  },
  {
    journey: 'Riddle',
    does: 'tells who gives up',
    turns: [press(1)],
    fails: 'It was a towel',
  },
  { journey: 'AnyWay', does: 'takes the new way', turns: [dana], succeeds: { realm } },
  { journey: 'AnyWay', does: 'fails', turns: [as('dana', 'no')], fails: 'The new page is sorry' },
  {
    journey: 'DirectoryLogin',
    does: 'takes the password of the directory',
    turns: [as('alex', directoryPassword)],
    succeeds: { realm },
  },
  { journey: 'DirectoryLogin', does: 'takes no other', turns: [alex], fails: 'The directory says no' },
  {
    journey: 'SignInElsewhere',
    does: 'makes a person of who signed in at the provider',
    turns: [(moment) => signInElsewhere(moment)],
    succeeds: { url: '/enduser/?realm=/alpha#new' },
  },
  {
    journey: 'SignInElsewhere',
    does: 'knows them the next time',
    turns: [(moment) => signInElsewhere(moment)],
    succeeds: { url: '/enduser/?realm=/alpha' },
  },
  {
    journey: 'SignInElsewhere',
    does: 'believes nobody who comes back with another state',
    turns: [(moment) => signInElsewhere(moment, { state: 'another' })],
    fails: 'Login failure',
  },
  {
    journey: 'SamlSignIn',
    does: 'makes and links an account of who signed in by SAML',
    turns: [(moment) => signInBySaml(moment)],
    succeeds: { realm },
  },
  {
    journey: 'SamlSignIn',
    does: 'knows them the next time, whatever else is told',
    turns: [(moment) => signInBySaml(moment, { attributes: {} })],
    succeeds: { realm },
  },
  {
    journey: 'SamlSignIn',
    does: 'believes nobody whom another audience is told of',
    turns: [(moment) => signInBySaml(moment, { audience: 'https://other.example.com' })],
    fails: 'Login failure',
  },
]

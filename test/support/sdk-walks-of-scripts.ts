import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import type { World } from './sdk-journeys-server.ts'
import { password } from './sdk-journeys-server.ts'
import { choose, mailedLink, press, signInElsewhere } from './sdk-turns.ts'
import { type Moment, outputOf, type Walk } from './sdk-walk.ts'
import type { ExportedWalk } from './sdk-walks-of-exports.ts'

// Walks that lead through the scripts of exported journeys.

const realm = '/alpha'
const as = (name: string, secret = password) => ({ NameCallback: name, PasswordCallback: secret })
const called = (name: string) => ({ NameCallback: name })
const kay = 'kay@example.com'
const phoneOfKay = '07700900123'

/** The code that was sent to an address or a telephone. */
const codeSentTo = (address: string) => ({
  PasswordCallback: ({ world }: Moment<World>) => world.kept.get(address),
  ...press(1),
})
const wrongCode = { PasswordCallback: 'wrong', ...press(1) }

/** The journey is named with every answer, and scripts read it there. */
const named = (journey: string) => ({
  journey,
  query: { authIndexType: 'service', authIndexValue: journey },
  keepsQuery: true,
})

const twice = (secret: string) => ({ PasswordCallback: [secret, secret] })
const registration = ({ kept }: World) => ({ token: kept.get('registration token') ?? '' })

/** An app makes a key and signs the challenge with it. */
async function bindPhone({ step }: Moment<World>) {
  const { privateKey, publicKey } = await generateKeyPair('ES256')
  const jwk = { ...(await exportJWK(publicKey)), kid: 'phone', alg: 'ES256', use: 'sig' }
  const claims = { platform: 'android', challenge: String(outputOf(step, 'challenge')) }
  const jws = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'ES256', kid: jwk.kid, jwk })
    .setIssuer('com.example.app')
    .setSubject(String(outputOf(step, 'userId')))
    .setExpirationTime('1m')
    .sign(privateKey)
  return { jws, deviceName: 'Phone', deviceId: 'phone' }
}

const otherProviders: Walk<World>[] = ['google', 'facebook', 'azure'].map((provider) => ({
  journey: 'FrodoTestJourney4',
  does: `reads what ${provider} tells of somebody whom nobody can write to`,
  turns: [{ SelectIdPCallback: provider }, (moment: Moment<World>) => signInElsewhere(moment)],
  fails: 'Login failure',
}))

const misconfigured: Walk<World>[] = ['misconfiguredGoogle - IAM-3089', 'misconfiguredFB - IAM-3089'].map(
  (provider) => ({
    journey: 'IAM-3089',
    does: `does not know whom ${provider} vouches for`,
    turns: [{ SelectIdPCallback: provider }, (moment: Moment<World>) => signInElsewhere(moment)],
    fails: 'Login failure',
  }),
)

const inFile =
  (file: string) =>
  (walk: Walk<World>): ExportedWalk => ({ ...walk, file })

export const walksOfScripts: ExportedWalk[] = [
  ...[
    {
      ...named('CHWebFiling-Login'),
      does: 'takes the code of a second mail, after a wrong one',
      turns: [called(kay), wrongCode, press(0), press(0), codeSentTo(kay)],
      succeeds: { realm },
    },
    {
      ...named('CHOnboarding'),
      does: 'takes the code of a text message',
      turns: [called(kay), codeSentTo(phoneOfKay)],
      succeeds: { realm },
    },
    {
      ...named('CHOnboarding'),
      does: 'ends at a page after many wrong codes',
      turns: [called(kay), wrongCode, wrongCode, wrongCode, wrongCode],
      stays: 'Exceeded number of attempts - please try again later.',
    },
    {
      ...named('CHOnboarding'),
      does: 'ends at a page for somebody without a telephone',
      turns: [called('quiet'), {}],
      stays: 'Error: An error occurred',
    },
  ].map(inFile('ch-multi-factor-generic.json')),
  ...[
    {
      journey: 'CHVerifyReg',
      does: 'makes an account of a sealed token, with a password that is long enough',
      query: registration,
      turns: [twice('short-1'), twice('Registered-Pass-2026'), { BooleanAttributeInputCallback: true }],
      succeeds: { realm },
    },
    {
      journey: 'CHVerifyReg',
      does: 'knows who has an account',
      query: registration,
      turns: [{}],
      stays: 'Error: An error occurred',
    },
  ].map(inFile('ch-registration-verify.json')),
  ...[
    {
      journey: 'CheckSession',
      does: 'tells somebody without a session',
      turns: [],
      stays: 'You must have an active session to proceed with this operation',
    },
    {
      journey: 'ManageConsent',
      does: 'asks for preferences',
      turns: [called(kay), { BooleanAttributeInputCallback: true }],
      succeeds: { realm },
    },
    {
      journey: 'ManageConsent',
      does: 'changes one by a call',
      query: { action: 'changeUpdates' },
      keepsQuery: true,
      turns: [called(kay), { ...choose(1), ...press(0) }],
      stays: 'Preferences have been updated',
    },
  ].map(inFile('ch-manage-email-consent.json')),
  ...[
    {
      journey: 'FrodoTestJourney13',
      does: 'signs in who will sign out',
      turns: [as('told')],
      succeeds: { realm },
    },
    {
      journey: 'EndSessions',
      does: 'finds no session cookie that it could end, and fails as it should',
      query: { ForceAuth: 'true' },
      keepsCookies: true,
      turns: [called('told')],
      fails: 'Login failure',
    },
  ].map(inFile('universal-single-logout.json')),
  ...[
    {
      journey: 'EndElsewhere',
      does: 'shows what the other application answered',
      turns: [called('told'), press(0)],
      succeeds: { realm },
    },
    {
      journey: 'EndElsewhere',
      does: 'knows no other session',
      turns: [called('quiet'), press(0)],
      fails: 'Login failure',
    },
  ].map(inFile('terminate-session-http.json')),
  ...[
    {
      journey: 'ChangeBrandingByOrg',
      does: 'goes on by a mail that a script configured',
      turns: [
        {},
        as('brand'),
        async (moment: Moment<World>) => moment.client.resume(await mailedLink('brand', moment)),
      ],
      succeeds: { realm },
    },
  ].map(inFile('config-provider-branding.json')),
  ...[
    {
      journey: 'DynamicPasswordPolicy_Login',
      does: 'has a password changed that is against the policy',
      turns: [as('policy'), { PasswordCallback: 'Longer-Walk-Pass-2026' }],
      succeeds: { realm },
    },
    {
      journey: 'DynamicPasswordPolicy_Login',
      does: 'takes the new one',
      turns: [as('policy', 'Longer-Walk-Pass-2026')],
      succeeds: { realm },
    },
  ].map(inFile('dynamic-password-policy-login.json')),
  ...[
    {
      journey: 'device-bind',
      does: 'hands the device on to a script',
      turns: [called('bound'), choose(5), { DeviceBindingCallback: bindPhone }, press(0)],
      succeeds: { realm },
    },
  ].map(inFile('device-bind.journey.json')),
  ...[
    {
      journey: 'FrodoTestJourney12',
      does: 'takes what a page of custom nodes was told',
      turns: [
        {
          ...as('code'),
          StringAttributeInputCallback: 'code@example.com',
          NumberAttributeInputCallback: 40,
          BooleanAttributeInputCallback: false,
          TermsAndConditionsCallback: true,
        },
      ],
      succeeds: { realm },
    },
  ].map(inFile('custom-nodes-frodo12.journey.json')),
  ...[
    {
      journey: 'Test',
      does: 'calculates, shows state and ends',
      turns: [{}, {}],
      fails: 'Login failure',
    },
    {
      journey: 'TokenForPartner',
      does: 'signs',
      turns: [called('code')],
      succeeds: { realm },
    },
  ].map(inFile('custom-nodes-all-property-types.journey.json')),
  ...otherProviders.map(inFile('frodo4-social-saml-inner.journey.json')),
  ...misconfigured.map(inFile('select-idp-social.json')),
]

import type { Step, WalkFile } from '../../../bin/test.d.ts'
import { codeOfApp } from '../../support/walk-answers.ts'

// Apps that make one-time codes, and recovery codes.

const wal = { answer: { NameCallback: 'wal', PasswordCallback: '${wal.password}' } }
const again = (journey: string) => ({ start: { journey, query: { ForceAuth: 'true' } } })
const keep = { secret: String.raw`/secret=(\w+)/` }
const recovery = String.raw`/\s[\w\W]"([\w]*)\\/`
/** The server tells people about new apps. */
const told = { mail: { to: 'wal@example.com', subject: '/was changed/' } }
const setUp: Step[] = [
  { start: 'AppSetUp' },
  { ...wal, keep },
  { answer: { ConfirmationCallback: 0 }, keep: { recovery } },
  { answer: {}, ends: { success: { realm: '/alpha' } } },
  told,
]
const offered: Step[] = [
  { start: 'AppFirst' },
  wal,
  { answer: { ConfirmationCallback: 1 } },
  { answer: { ConfirmationCallback: 0 }, keep },
  { answer: { ConfirmationCallback: 0 } },
  {
    answer: { NameCallback: codeOfApp, ConfirmationCallback: 0 },
    ends: { success: { realm: '/alpha' } },
  },
  told,
]
const people = { wal: { oathDeviceProfiles: 'changed' } }

export default {
  people: { wal: { givenName: 'Wal', sn: 'Ker', mail: 'wal@example.com' } },
  walks: [
    { it: 'requires an app', journey: 'AppSignIn', steps: [wal], ends: { failure: 'Set up your app first' } },
    { it: 'shows the QR code and the recovery codes', journey: 'AppSetUp', steps: setUp, people },
    {
      it: 'accepts the code of the app',
      journey: 'AppSignIn',
      steps: [
        ...setUp,
        again('AppSignIn'),
        wal,
        { answer: { NameCallback: codeOfApp, ConfirmationCallback: 0 } },
      ],
      ends: { success: { realm: '/alpha' } },
      people,
    },
    {
      it: 'accepts a recovery code',
      journey: 'AppSignIn',
      steps: [
        ...setUp,
        again('AppSignIn'),
        wal,
        { answer: { ConfirmationCallback: 1 } },
        { answer: { NameCallback: '${recovery}' } },
      ],
      ends: { success: { realm: '/alpha' } },
      people,
    },
    {
      it: 'rejects an invented recovery code',
      journey: 'AppSignIn',
      steps: [
        ...setUp,
        again('AppSignIn'),
        wal,
        { answer: { ConfirmationCallback: 1 } },
        { answer: { NameCallback: 'invented' } },
      ],
      ends: { failure: 'Wrong code' },
      people,
    },
    { it: 'offers the app, verifies it and stores it', journey: 'AppFirst', steps: offered, people },
    {
      it: 'then asks for the app’s code',
      journey: 'AppFirst',
      steps: [
        ...offered,
        again('AppFirst'),
        wal,
        { answer: { NameCallback: '000000', ConfirmationCallback: 0 } },
      ],
      ends: { failure: 'Login failure' },
      people,
    },
  ],
} satisfies WalkFile

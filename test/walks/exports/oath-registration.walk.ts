import type { Step, WalkFile } from '../../../bin/test.d.ts'
import { codeOfApp } from '../../support/walk-answers.ts'

const app = { answer: { NameCallback: 'app', PasswordCallback: '${app.password}' } }
const registered: Step[] = [
  { ...app, keep: { secret: String.raw`/secret=(\w+)/` } },
  { answer: { ConfirmationCallback: 0 } },
  {
    answer: { NameCallback: codeOfApp, ConfirmationCallback: 0 },
    ends: { success: { realm: '/alpha' } },
  },
  { mail: { to: 'app@example.com', subject: '/was changed/' } },
]
const people = { app: { oathDeviceProfiles: 'changed' } }

export default {
  journey: 'oath_registration',
  people: { app: { givenName: 'Wal', sn: 'Ker', mail: 'app@example.com' } },
  walks: [
    { it: 'registers an app and accepts its code', steps: registered, people },
    {
      it: 'accepts each code once',
      steps: [
        ...registered,
        { start: { query: { ForceAuth: 'true' } } },
        app,
        { answer: { NameCallback: '${code}', ConfirmationCallback: 0 } },
      ],
      ends: { failure: 'Login failure' },
      people,
    },
  ],
} satisfies WalkFile

import type { WalkFile } from '../../../bin/test.d.ts'
import { exportServices } from '../../support/export-services.ts'

const kay = 'kay@example.com'
const phone = '07700900123'

/** The code that was sent to an email address or telephone number. */
const codeSentTo = (address: string) => ({
  answer: { PasswordCallback: () => exportServices().codes.get(address), ConfirmationCallback: 1 },
})
const wrong = { answer: { PasswordCallback: 'wrong', ConfirmationCallback: 1 } }
const again = { answer: { ConfirmationCallback: 0 } }

/** Names the journey in every request, where its scripts read it. */
const named = (journey: string) => ({
  journey,
  query: { authIndexType: 'service', authIndexValue: journey },
})

export default {
  people: {
    [kay]: { givenName: 'Kay', sn: 'Fox', mail: kay, telephoneNumber: phone },
    quiet: { givenName: 'Wal', sn: 'Ker', mail: 'quiet@example.com' },
  },
  walks: [
    {
      ...named('CHWebFiling-Login'),
      it: 'accepts the code of a second email after a wrong code',
      steps: [{ answer: { NameCallback: kay } }, wrong, again, again, codeSentTo(kay)],
      ends: { success: { realm: '/alpha' } },
    },
    {
      ...named('CHOnboarding'),
      it: 'accepts the code of a text message',
      steps: [{ answer: { NameCallback: kay } }, codeSentTo(phone)],
      ends: { success: { realm: '/alpha' } },
    },
    {
      ...named('CHOnboarding'),
      it: 'ends at a page after many wrong codes',
      steps: [
        { answer: { NameCallback: kay } },
        { ...wrong, times: 4, asks: 'Exceeded number of attempts - please try again later.' },
      ],
    },
    {
      ...named('CHOnboarding'),
      it: 'ends at a page for a person without a telephone number',
      steps: [{ answer: { NameCallback: 'quiet' } }, { answer: {}, asks: 'Error: An error occurred' }],
    },
  ],
} satisfies WalkFile

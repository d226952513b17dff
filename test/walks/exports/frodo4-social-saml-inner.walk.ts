import type { WalkFile } from '../../../bin/test.d.ts'
import { signInElsewhere } from '../../support/walk-answers.ts'

const providers = ['google', 'facebook', 'azure']

export default {
  journey: 'FrodoTestJourney4',
  walks: providers.map((provider) => ({
    it: `reads a profile of ${provider} without an email address`,
    steps: [{ answer: { SelectIdPCallback: provider } }, { redirect: signInElsewhere }],
    ends: { failure: 'Login failure' },
  })),
} satisfies WalkFile

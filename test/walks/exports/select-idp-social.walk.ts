import type { WalkFile } from '../../../bin/test.d.ts'
import { signInElsewhere } from '../../support/walk-answers.ts'

const providers = ['misconfiguredGoogle - IAM-3089', 'misconfiguredFB - IAM-3089']

export default {
  journey: 'IAM-3089',
  walks: providers.map((provider) => ({
    it: `rejects a person of ${provider}`,
    steps: [{ answer: { SelectIdPCallback: provider } }, { redirect: signInElsewhere }],
    ends: { failure: 'Login failure' },
  })),
} satisfies WalkFile

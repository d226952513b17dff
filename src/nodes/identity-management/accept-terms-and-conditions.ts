import { localise } from '../../base/locale.ts'
import { fail, goTo, send } from '../../engine/action.ts'
import { callback } from '../../engine/callbacks.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { defineNode } from '../define-node.ts'
import { termsState } from './terms.ts'

/** Asks until the person accepts the current terms. Source: "Accept Terms and Conditions node". */
export const acceptTermsAndConditions = defineNode({
  type: 'AcceptTermsAndConditionsNode',
  title: 'Accept Terms and Conditions',
  help: 'Shows the realm’s terms until the person accepts them. Create Object and Patch Object save the acceptance.',
  tags: ['identity management'],
  family: 'collect',
  outcomes: singleOutcome,
  reads: () => [termsState.version],
  writes: () => [termsState.version, termsState.accepted],
  callbacks: { TermsAndConditionsCallback: 'The terms to accept.' },
  errors: { fail: { 'Terms configuration not found': 'The realm has no terms.' } },
  needs: ['selfService'],
  reference: {
    keys: {
      [termsState.version]: 'Version of the terms that was shown.',
      [termsState.accepted]: 'Version of the terms that was accepted, and the time.',
    },
  },
  run({ answers, state, selfService: { terms }, now, request }) {
    const isAccepted = answers.some(
      ({ type, input }) => type === 'TermsAndConditionsCallback' && input[''] === true,
    )
    const shown = state.getText(termsState.version)
    if (isAccepted && shown !== undefined) {
      const acceptDate = new Date(now).toISOString()
      state.putShared(termsState.accepted, { acceptDate, termsVersion: shown })
      return goTo('outcome')
    }
    if (terms === null) return fail('Terms configuration not found')
    state.putShared(termsState.version, terms.version)
    const { version, createDate } = terms
    const text = localise(terms.text, request.locales, '')
    return send([callback('TermsAndConditionsCallback', { version, terms: text, createDate })])
  },
})

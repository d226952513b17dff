import { z } from 'zod'
import { localise } from '../../base/locale.ts'
import { goTo, send } from '../../engine/action.ts'
import { type Answer, callback } from '../../engine/callbacks.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { defineNode, flagSetting, localisedSetting } from '../define-node.ts'
import { container, storeAttribute } from './object-attributes.ts'

const attribute = 'consentedMappings'

/** Asks for consent to share the person's data. Source: "Consent Collector node". */
export const consent = defineNode({
  type: 'ConsentNode',
  title: 'Consent Collector',
  help: 'Asks for consent to share the person’s data, once for each mapping of the realm. Without mappings it asks nothing.',
  tags: ['identity management'],
  family: 'collect',
  config: () =>
    z.object({
      allRequired: flagSetting('All Mappings Required', 'Continues only with consent to every mapping.'),
      message: localisedSetting('Privacy & Consent Message', 'Privacy notice by locale.'),
    }),
  outcomes: singleOutcome,
  reads: () => [container],
  writes: () => [container],
  callbacks: { ConsentMappingCallback: 'The recipient of the data, one callback for each mapping.' },
  needs: ['selfService'],
  run({ config, state, answers, selfService, now, request }) {
    const message = localise(config.message, request.locales, 'Privacy & Consent.')
    const [first, ...rest] = selfService.consentMappings.map(({ fields, ...mapping }) =>
      callback('ConsentMappingCallback', {
        ...mapping,
        isRequired: config.allRequired,
        message,
        fields: [...fields],
      }),
    )
    if (first === undefined) return goTo('outcome')

    const given = answers.filter(({ type }) => type === 'ConsentMappingCallback')
    const names = new Set(given.map(({ output }) => output.name))
    const isComplete =
      given.length === rest.length + 1 &&
      [first, ...rest].every(({ output }) => names.has(output.name ?? null))
    if (!isComplete || (config.allRequired && !given.every(isYes))) return send([first, ...rest])

    const consentDate = new Date(now).toISOString()
    const consented = given.filter(isYes).map(({ output }) => ({ consentDate, mapping: output.name ?? null }))
    if (consented.length > 0) storeAttribute(state, 'shared', attribute, consented)
    return goTo('outcome')
  },
})

function isYes({ input }: Answer): boolean {
  return input[''] === true
}

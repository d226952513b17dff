import { z } from 'zod'
import type { JsonObject } from '../../base/json.ts'
import { fail, goTo } from '../../engine/action.ts'
import { defineNode, flagSetting, setting } from '../define-node.ts'
import type { IdentityPort } from '../ports/ports.ts'
import { collectedObject, collectedReads, refusalOf } from './collected-object.ts'
import { identityResource, otherResource, otherResourceErrors } from './identity-resource.ts'
import { withoutAttribute } from './object-attributes.ts'
import { findPerson, identifierInState, identityAttribute, personReads } from './person-of-journey.ts'
import { termsState } from './terms.ts'

/** Updates a person with the collected attributes. Source: "Patch Object node". */
export const patchObject = defineNode({
  type: 'PatchObjectNode',
  title: 'Patch Object',
  help: 'Sets the collected attributes on the person.',
  tags: ['identity management'],
  family: 'identity',
  config: () =>
    z.object({
      patchAsObject: flagSetting(
        'Patch As Object',
        'Limits changes to attributes that people may edit themselves. Otherwise the server makes the change.',
      ),
      ignoredFields: setting(
        'Ignored Fields',
        'Attributes to leave unchanged, although they were collected.',
        z.array(z.string()).default([]),
        'attribute',
      ),
      identityResource,
      identityAttribute: identityAttribute('userName'),
    }),
  outcomes: { all: { PATCHED: 'Patched', FAILURE: 'Failed' } },
  reads: (config) => [...personReads(config.identityAttribute), ...collectedReads],
  errors: {
    fail: {
      ...otherResourceErrors,
      'Failed to retrieve existing object': 'No person, or more than one, has the value in the attribute.',
    },
    warn: {
      'Failed to create object':
        'Policies rejected the change. The text is AM’s, for alerts that look for it; nothing is created.',
      'Failed to patch object': 'Policies rejected the change, or it could not be saved.',
    },
  },
  needs: ['identities'],
  reference: {
    outputs: 'the person’s attributes',
    outcomes: {
      PATCHED: 'The attributes are set, or there were none to set.',
      FAILURE: 'State identifies no person, or the change was rejected.',
    },
  },
  async run(context) {
    const { config, state, identities, log } = context
    const mismatch = otherResource(context)
    if (mismatch !== undefined) return fail(mismatch)
    if (identifierInState(state, config.identityAttribute) === undefined) return goTo('FAILURE')
    const person = await findPerson({ state, identities }, config.identityAttribute)
    if (person === undefined) return fail('Failed to retrieve existing object')
    const changes = config.ignoredFields.reduce(withoutAttribute, collectedObject(state))
    if (Object.keys(changes).length === 0) return goTo('PATCHED')
    try {
      if (config.patchAsObject) requireEditable(changes, identities)
      await identities.patch(person._id, changes)
      return goTo('PATCHED')
    } catch (error) {
      const refusal = refusalOf(error)
      // AM logs this misleading text here, too, and alerts may look for it.
      if (refusal.errorMessage !== undefined) log.warn('Failed to create object', error)
      log.warn('Failed to patch object', error)
      return goTo('FAILURE', refusal)
    }
  },
})

/** @throws Error as if the person had changed a read-only attribute. Accepted terms are exempt. */
function requireEditable(changes: JsonObject, identities: Pick<IdentityPort, 'attribute'>): void {
  const names = Object.keys(changes).filter((name) => name !== termsState.accepted)
  if (names.every((name) => identities.attribute(name)?.userEditable === true)) return
  throw Object.assign(new Error('Access denied'), { name: 'RequestError' })
}

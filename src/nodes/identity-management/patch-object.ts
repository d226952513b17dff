import { z } from 'zod'
import { fail, goTo } from '../../engine/action.ts'
import type { JsonObject } from '../../engine/json.ts'
import { defineNode, setting } from '../define-node.ts'
import type { IdentityPort } from '../ports/ports.ts'
import { collectedObject, collectedReads, refusalOf } from './collected-object.ts'
import { identityResource, otherResource, otherResourceErrors } from './identity-resource.ts'
import { withoutAttribute } from './object-attributes.ts'
import { findPerson, identifierInState, identityAttribute, personReads } from './person-of-journey.ts'
import { termsState } from './terms.ts'

/** Changes a person to what the journey collected. Source: "Patch Object node". */
export const patchObject = defineNode({
  type: 'PatchObjectNode',
  version: '1.0',
  title: 'Patch Object',
  help: 'Sets the attributes that the journey collected on the person that it is about.',
  tags: ['identity management'],
  family: 'identity',
  config: z.object({
    patchAsObject: setting(
      'Patch As Object',
      'Change only what people may edit of themselves; otherwise the server itself makes the change.',
      z.boolean().default(false),
    ),
    ignoredFields: setting(
      'Ignored Fields',
      'Attributes that are left as they are, though they were collected.',
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
      'Failed to retrieve existing object':
        'Nobody, or more than one person, has the value in the attribute.',
    },
    warn: {
      'Failed to create object':
        'Policies did not allow it. The text is one that alerts may look for; nothing is created.',
      'Failed to patch object': 'Policies did not allow it, or the change could not be saved.',
    },
  },
  needs: ['identities'],
  reference: {
    outputs: 'the attributes of the person',
    outcomes: {
      PATCHED: 'The attributes are set, or there were none to set.',
      FAILURE: 'State names nobody, or the change was not allowed.',
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
      // AM says this too, of what it creates; log alerts may look for it.
      if (refusal.errorMessage !== undefined) log.warn('Failed to create object', error)
      log.warn('Failed to patch object', error)
      return goTo('FAILURE', refusal)
    }
  },
})

/** @throws Error as for a person who changes what is not theirs to change. Terms are the server's own note. */
function requireEditable(changes: JsonObject, identities: Pick<IdentityPort, 'attribute'>): void {
  const names = Object.keys(changes).filter((name) => name !== termsState.accepted)
  if (names.every((name) => identities.attribute(name)?.userEditable === true)) return
  throw Object.assign(new Error('Access denied'), { name: 'RequestError' })
}

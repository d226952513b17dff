import { z } from 'zod'
import { fail, goTo } from '../../engine/action.ts'
import { defineNode } from '../define-node.ts'
import { collectedObject, collectedReads, refusalOf } from './collected-object.ts'
import { identityResource, otherResource, otherResourceErrors } from './identity-resource.ts'

/** Makes a person of what the journey collected. Source: "Create Object node". */
export const createObject = defineNode({
  type: 'CreateObjectNode',
  version: '1.0',
  title: 'Create Object',
  help: 'Creates a person from the attributes that the journey collected, with the terms that were accepted.',
  tags: ['identity management'],
  family: 'identity',
  config: z.object({ identityResource }),
  outcomes: { all: { CREATED: 'Created', FAILURE: 'Failed' } },
  reads: () => collectedReads,
  errors: {
    fail: otherResourceErrors,
    warn: { 'Failed to create object': 'Policies did not allow it; the line says which.' },
  },
  needs: ['identities'],
  reference: {
    outputs: 'the new person',
    outcomes: {
      CREATED: 'The person will be there once the step is saved.',
      FAILURE: 'Something that people must have was not collected, or policies did not allow it.',
    },
  },
  async run(context) {
    const { state, identities, log } = context
    const mismatch = otherResource(context)
    if (mismatch !== undefined) return fail(mismatch)
    const object = collectedObject(state)
    if (identities.requiredAttributes.some((name) => !Object.hasOwn(object, name))) return goTo('FAILURE')
    try {
      await identities.createWithStep(object)
      return goTo('CREATED')
    } catch (error) {
      log.warn('Failed to create object', error)
      return goTo('FAILURE', refusalOf(error))
    }
  },
})

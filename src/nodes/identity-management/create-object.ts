import { z } from 'zod'
import { fail, goTo } from '../../engine/action.ts'
import { defineNode } from '../define-node.ts'
import { collectedObject, collectedReads, refusalOf } from './collected-object.ts'
import { identityResource, otherResource, otherResourceErrors } from './identity-resource.ts'

/** Creates a person from the collected attributes. Source: "Create Object node". */
export const createObject = defineNode({
  type: 'CreateObjectNode',
  title: 'Create Object',
  help: 'Creates a person from the collected attributes and the accepted terms.',
  tags: ['identity management'],
  family: 'identity',
  config: () => z.object({ identityResource }),
  outcomes: { all: { CREATED: 'Created', FAILURE: 'Failed' } },
  reads: () => collectedReads,
  errors: {
    fail: otherResourceErrors,
    warn: { 'Failed to create object': 'Policies rejected the person. The log line says which.' },
  },
  needs: ['identities'],
  reference: {
    outputs: 'the new person',
    outcomes: {
      CREATED: 'The person is created when the step is saved.',
      FAILURE: 'A required attribute is missing, or policies rejected the person.',
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

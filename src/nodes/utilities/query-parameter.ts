import { z } from 'zod'
import { goTo } from '../../engine/action.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'
import { areRead, copyToState, keysByName } from './request-values.ts'

/** Copies query parameters of the request to state. Source: "Query Parameter node". */
export const queryParameter = defineNode({
  type: 'QueryParameterNode',
  title: 'Query Parameter Node',
  help: 'Copies query parameters of the current request to shared state as lists. Clients can send any value.',
  tags: ['utilities'],
  config: () =>
    z
      .object({
        allowedQueryParameters: setting(
          'Allowed query parameters',
          'State keys by parameter name.',
          keysByName('parameters'),
          'stateKey',
        ),
        queryParametersToBeDelimited: setting(
          'Allowed query parameters to be delimited',
          'Names of parameters whose value is a comma-separated list.',
          z.array(z.string()).default([]),
        ),
      })
      .refine(
        (config) => areRead(config.queryParametersToBeDelimited, config.allowedQueryParameters),
        'Invalid parameter to be delimited configured',
      ),
  outcomes: singleOutcome,
  writes: (config) => Object.values(config.allowedQueryParameters),
  reference: { inputs: 'the query parameters of the request' },
  run({ config, state, request: { parameters } }) {
    const { allowedQueryParameters, queryParametersToBeDelimited } = config
    const valuesOf = (name: string) => (Object.hasOwn(parameters, name) ? (parameters[name] ?? []) : [])
    copyToState(state, allowedQueryParameters, queryParametersToBeDelimited, valuesOf)
    return goTo('outcome')
  },
})

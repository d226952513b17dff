import { z } from 'zod'
import { goTo } from '../../engine/action.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'
import { areRead, copyToState, keysByName } from './request-values.ts'

/** Copies headers of the request to state. Source: "Request Header node". */
export const requestHeader = defineNode({
  type: 'RequestHeaderNode',
  title: 'Request Header Node',
  help: 'Copies headers of the current request to shared state as lists. Clients can send any value.',
  tags: ['utilities'],
  config: () =>
    z
      .object({
        allowedHeaders: setting(
          'Allowed headers',
          'State keys by header name, ignoring case.',
          keysByName('headers'),
          'stateKey',
        ),
        headersToBeDelimited: setting(
          'Allowed headers to be delimited',
          'Names of headers whose value is a comma-separated list.',
          z.array(z.string()).default([]),
        ),
      })
      .refine(
        (config) => areRead(config.headersToBeDelimited, config.allowedHeaders),
        'Invalid header to be delimited configured',
      ),
  outcomes: singleOutcome,
  writes: (config) => Object.values(config.allowedHeaders),
  reference: { inputs: 'the headers of the request' },
  run({ config, state, request: { headers } }) {
    const valuesOf = (name: string) => {
      const sent = name.toLowerCase()
      return Object.hasOwn(headers, sent) ? (headers[sent] ?? []) : []
    }
    copyToState(state, config.allowedHeaders, config.headersToBeDelimited, valuesOf)
    return goTo('outcome')
  },
})

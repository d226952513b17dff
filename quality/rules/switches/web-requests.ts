import type { RuleSwitch } from '../rule-switch.ts'

const request = {
  rule: 'S64',
  file: 'src/nodes/utilities/rest-request.ts',
  tests: ['src/nodes/utilities/rest.test.ts'],
} as const

const response = { ...request, file: 'src/nodes/utilities/rest.ts' } as const

const paths = {
  ...request,
  file: 'src/nodes/utilities/json-path.ts',
  tests: ['src/nodes/utilities/json-path.test.ts'],
} as const

/** Switches for requests of the HTTP Client node. */
export const webRequestSwitches: readonly RuleSwitch[] = [
  {
    ...request,
    off: 'a value in a URL adds path segments and parameters',
    from: '  return encodeURIComponent(text)\n',
    to: '  return text\n',
  },
  {
    ...request,
    off: 'a value leads to another path',
    from: 'if (place.split(',
    to: "if (place === '' && place.split(",
  },
  {
    ...request,
    off: 'a value chooses the host',
    from: String.raw`/^https?:\/\/[^/?#\\@\s$]+(?:[/?#]|$)/i`,
    to: String.raw`/^(https?:\/\/|\$)/i`,
  },
  {
    ...request,
    off: 'a value ends a text in JSON',
    from: 'JSON.stringify(asPlain(value)).slice(1, -1)',
    to: 'asPlain(value)',
  },
  {
    ...request,
    off: 'a value adds elements in XML',
    from: "return asPlain(value).replace(/[&<>\"']/g, (mark) => xmlEntities[mark] ?? '')",
    to: "return asPlain(value) + (xmlEntities[''] ?? '')",
  },
  {
    ...request,
    off: 'a request is sent without a value',
    from: 'if (found === null) throw new RestError(`the state has no value for ${key}`)\n',
    to: '',
  },
  {
    ...response,
    off: 'a redirect gets what the service was meant to get',
    from: "        redirect: 'manual',\n",
    to: '',
  },
  {
    ...response,
    off: 'a response without the expected JSON counts',
    from: '    throw new ContentError()\n  }\n}\n\nfunction statusOutcome',
    to: '    return { kept, outcome: byStatus }\n  }\n}\n\nfunction statusOutcome',
  },
  {
    ...response,
    off: 'values of an earlier request stay after an error',
    from: 'for (const key of keptKeys(config)) forget(state, key)',
    to: "for (const key of keptKeys(config)) if (key === '') forget(state, key)",
  },
  {
    ...paths,
    off: 'a filter takes any time',
    from: 'if (!filters.every(({ expression }) => isCheap(expression.expression))) {',
    to: 'if (!filters.every(({ expression }) => isCheap(expression.expression) || true)) {',
  },
  {
    ...paths,
    off: 'a path has regular expressions',
    from: "for (const name of ['match', 'search', 'count', 'value'])",
    to: "for (const name of ['count', 'value'])",
  },
]

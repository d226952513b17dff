import { z } from 'zod'
import { isSecretState } from '../base/looks-secret.ts'
import { standInIds, standInTypes } from '../nodes/stand-ins/stand-in-types.ts'

/** Any code or link may be one that a person proves with, or opens. */
const codeOrLink = /code|link|ur[il]$/i

/** Whether shared state may have a secret, which no web service gets. */
function isSecretKey(key: string): boolean {
  return isSecretState(key) || codeOrLink.test(key)
}

/** Keys by which nodes check what a person proves. Who sets one could prove anything. */
const proofKey = /challenge|pending|^thing\.|pageNodeCallbacks|transaction/i

function isOfProof(key: string): boolean {
  return proofKey.test(key) || isSecretKey(key)
}

const stateKey = z.string().trim().min(1, 'must not be empty').max(200)

const text = z.string().trim().max(200)

/** Plain HTTP could be answered by anyone on the way, so only a service on the same machine may use it. */
function isHookUrl(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, hostname, username, password } = new URL(url)
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
  return (
    username === '' &&
    password === '' &&
    (protocol === 'https:' ||
      // rule S38: otherwise the web service can be reached over plain HTTP
      (protocol === 'http:' && isLocal))
  )
}

const standInSchema = z
  .object({
    // Not an enum: a type that runs here one day must not make stored settings invalid.
    type: text.min(1, 'must be the id of a node type').meta({
      title: 'Node type',
      description: 'The type that can’t run here.',
      enum: [...standInIds],
      options: { enum_titles: standInIds.map(titleOf) },
    }),
    does: z
      .enum(['outcome', 'hook'])
      .default('outcome')
      .meta({
        title: 'Behaviour',
        description:
          'A fixed outcome checks nothing: if it stands for a successful check, everyone passes that check.',
        options: { enum_titles: ['Always takes the same outcome', 'Asks a web service for the outcome'] },
      }),
    outcome: text.default('').meta({
      title: 'Outcome',
      description: 'The id of the outcome that every person takes, such as false.',
    }),
    url: z.string().trim().max(2000).default('').meta({
      title: 'URL of the web service',
      description:
        'Gets a POST with JSON and must answer with {"outcome": "…"} within ten seconds. It needs https. Hosts that are not public must be allowed in the server’s settings.',
    }),
    sends: z
      .array(stateKey.refine((key) => !isSecretKey(key), 'must not be a key with a secret'))
      .max(50)
      .default([])
      .meta({
        title: 'State keys to send',
        description: 'Keys of shared state that the service gets. It never gets transient state or secrets.',
      }),
    takes: z
      .array(stateKey.refine((key) => !isOfProof(key), 'must not be a key of a proof'))
      .max(50)
      .default([])
      .meta({
        title: 'State keys to accept',
        description:
          'Keys of shared state that the service may set in sharedState of its answer. With username, it decides who signs in.',
      }),
  })
  .superRefine(({ does, outcome, url }, context) => {
    const refuse = (member: string, message: string) =>
      context.addIssue({ code: 'custom', path: [member], message })
    if (does === 'outcome' && outcome === '') refuse('outcome', 'must be the id of an outcome')
    if (does === 'hook' && !isHookUrl(url)) refuse('url', 'must be an https URL without a password')
  })

/** What nodes do whose types can't run here, one declaration for each type. */
export const standInsSchema = z
  .array(standInSchema.meta({ title: 'Declaration' }))
  .max(100)
  .superRefine((all, context) => {
    all.forEach(({ type }, place) => {
      const isFirst = all.findIndex((each) => each.type === type) === place
      const message = `${type} is declared twice`
      // rule S38: otherwise a type can be declared twice
      if (!isFirst) context.addIssue({ code: 'custom', path: [place, 'type'], message })
    })
  })

function titleOf(id: string): string {
  const title = standInTypes.find(({ type }) => type === id)?.title ?? id
  return `${title} (${id})`
}

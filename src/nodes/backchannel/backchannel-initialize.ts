import { z } from 'zod'
import { goTo } from '../../engine/action.ts'
import { isJsonObject } from '../../engine/json.ts'
import type { NodeState } from '../../engine/node-state.ts'
import { defineNode, setting } from '../define-node.ts'
import type { BackchannelPort, OpenTransaction } from '../ports/ports.ts'

const config = z.object({
  tree: setting('Journey', 'The journey that the other person runs.', z.string().min(1), 'journey'),
  idType: setting(
    'Subject Type',
    'Who may run it: a person, or an identity that Agent Data Store Decision knows. None means anyone who has the link.',
    z.enum(['USER', 'AGENT', 'NONE']).default('NONE'),
  ).meta({ options: { enum_titles: ['User', 'Agent', 'None'] } }),
  usernameKey: setting(
    'Subject Name Key',
    'State key of the user name or object id of that person.',
    z.string().exactOptional(),
    'stateKey',
  ),
  dataKey: setting(
    'Data Object Key',
    'State key of an object that becomes the shared state of the journey.',
    z.string().exactOptional(),
    'stateKey',
  ),
  redirectUrlType: setting(
    'Redirect URL Type',
    'Which link to make: to the sign-in page, to the authenticate endpoint, to a page of your own, or none.',
    z.enum(['GET', 'POST', 'CUSTOM', 'NONE']).default('GET'),
  ).meta({ options: { enum_titles: ['Get', 'Post', 'Custom', 'None'] } }),
  customRedirectUrl: setting(
    'Custom Redirect URL',
    'The page of your own. Realm and transaction parameters are appended.',
    z.string().exactOptional(),
  ),
  timeout: setting(
    'Max Time (Seconds)',
    'How long the transaction may take. Unset means the time to live of the realm.',
    z.int().positive().exactOptional(),
  ),
  allowRetry: setting(
    'Allow Retry',
    'Whether the person may try again after a failure.',
    z.boolean().default(true),
  ),
})

type Config = z.infer<typeof config>
type Links = Extract<Awaited<ReturnType<BackchannelPort['open']>>, { kind: 'created' }>['links']

const idKey = 'backchannel-transaction'

/**
 * Opens a transaction in which another person runs a journey, and makes the link to it. One that this journey
 * had opened before is given up for the new one. Source: "Backchannel Initialize node".
 */
export const backchannelInitialize = defineNode({
  type: 'BackChannelInitNode',
  version: '1.0',
  title: 'Backchannel Initialize',
  help: 'Opens a transaction in which another person authenticates, and makes the link for them.',
  tags: ['utilities', 'backchannel'],
  config,
  outcomes: {
    all: { created: 'Created', unknown: 'Unknown Subject', error: 'Error' },
    offered: ({ idType }) => (idType === 'NONE' ? ['created', 'error'] : ['created', 'unknown', 'error']),
  },
  reads: ({ usernameKey, dataKey }) => [usernameKey, dataKey, idKey].filter((key) => key !== undefined),
  writes: () => [idKey, 'backchannel-redirectUri', 'backchannel-data'],
  errors: {
    warn: { 'Error retrieving subject from node state.': 'State has no text under **Subject Name Key**.' },
    error: {
      'Error initializing back channel transaction.':
        'There is no such journey, no custom URL, or the transaction could not be kept; the line says which.',
    },
  },
  requires: ({ idType, usernameKey }) =>
    idType === 'NONE' || usernameKey === undefined ? [] : [usernameKey],
  needs: ['backchannel'],
  reference: {
    outputs: 'the transaction',
    keys: {
      [idKey]: 'Id of the transaction. It is a secret: who has it may run the journey.',
      'backchannel-redirectUri': 'Link for the person.',
      'backchannel-data': 'The object under **Data Object Key**, if there is one.',
    },
    outcomes: {
      created: 'The transaction waits for the person.',
      unknown: 'The realm has no identity of that name and kind.',
      error: 'The transaction was not opened; the log says why.',
    },
    example:
      'A help desk agent has a caller prove who they are on a device of their own: the link is sent to the caller, and the agent’s journey goes on to Backchannel Status.',
  },
  async run({ config, state, backchannel, log }) {
    const subject = subjectOf(config, state)
    if (subject === 'missing') {
      log.warn('Error retrieving subject from node state.')
      return goTo('error')
    }
    try {
      if (config.redirectUrlType === 'CUSTOM' && !config.customRedirectUrl?.trim()) {
        throw new Error('the custom redirect URL is not set')
      }
      const data = config.dataKey === undefined ? null : state.getObject(config.dataKey)
      const opened = await backchannel.open({
        journey: config.tree,
        subject,
        data: isJsonObject(data) ? data : {},
        timeoutSeconds: config.timeout,
        allowRetry: config.allowRetry,
        replaces: state.getText(idKey) || undefined,
      })
      if (opened.kind === 'unknownSubject') return goTo('unknown')
      const link = linkFor(config, opened.links)
      state.putShared(idKey, opened.id)
      if (link !== undefined) state.putShared('backchannel-redirectUri', link)
      if (isJsonObject(data)) state.putShared('backchannel-data', data)
      return goTo('created')
    } catch (cause) {
      log.error('Error initializing back channel transaction.', cause)
      return goTo('error')
    }
  },
})

function subjectOf(
  { idType, usernameKey }: Config,
  state: NodeState,
): OpenTransaction['subject'] | 'missing' {
  if (idType === 'NONE') return undefined
  const name = usernameKey === undefined ? undefined : state.getText(usernameKey)
  return name?.trim() ? { kind: idType === 'USER' ? 'user' : 'agent', name } : 'missing'
}

function linkFor({ redirectUrlType, customRedirectUrl }: Config, links: Links): string | undefined {
  switch (redirectUrlType) {
    case 'GET':
      return links.get
    case 'POST':
      return links.post
    case 'CUSTOM':
      return withParameters(customRedirectUrl ?? '', links.parameters)
    case 'NONE':
      return undefined
  }
}

/** Appends to the query, before a fragment: behind one no server would see them. */
function withParameters(url: string, parameters: string): string {
  const hash = url.indexOf('#')
  const [page, fragment] = hash < 0 ? [url, ''] : [url.slice(0, hash), url.slice(hash)]
  return `${page}${page.includes('?') ? '&' : '?'}${parameters}${fragment}`
}

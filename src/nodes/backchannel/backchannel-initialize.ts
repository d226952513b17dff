import { z } from 'zod'
import { isJsonObject } from '../../base/json.ts'
import { goTo } from '../../engine/action.ts'
import type { NodeState } from '../../engine/node-state.ts'
import { defineNode, flagSetting, setting } from '../define-node.ts'
import type { BackchannelPort, OpenTransaction } from '../ports/help-desk-ports.ts'

const config = () =>
  z.object({
    tree: setting('Journey', 'The journey for the other person to run.', z.string().min(1), 'journey'),
    idType: setting(
      'Subject Type',
      'The kind of identity that may run the journey: a person, or an identity from Agent Data Store Decision. None allows anyone who has the link.',
      z.enum(['USER', 'AGENT', 'NONE']).default('NONE'),
    ).meta({ options: { enum_titles: ['User', 'Agent', 'None'] } }),
    usernameKey: setting(
      'Subject Name Key',
      'State key of that person’s username or object ID.',
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
      'The link to create: to the sign-in page, to the authenticate endpoint, to your own page, or none.',
      z.enum(['GET', 'POST', 'CUSTOM', 'NONE']).default('GET'),
    ).meta({ options: { enum_titles: ['Get', 'Post', 'Custom', 'None'] } }),
    customRedirectUrl: setting(
      'Custom Redirect URL',
      'Your own page. The realm and transaction parameters are added to its query.',
      z.string().exactOptional(),
    ),
    timeout: setting(
      'Max Time (Seconds)',
      'Lifetime of the transaction. Unset: the realm’s default.',
      z.int().positive().exactOptional(),
    ),
    allowRetry: flagSetting('Allow Retry', 'Lets the person try again after a failure.', true),
  })

type Config = z.infer<ReturnType<typeof config>>
type Links = Extract<Awaited<ReturnType<BackchannelPort['open']>>, { kind: 'created' }>['links']

const idKey = 'backchannel-transaction'

/**
 * Creates a transaction in which another person runs a journey, and a link to it. It replaces a transaction created
 * earlier by the same journey. Source: "Backchannel Initialize node".
 */
export const backchannelInitialize = defineNode({
  type: 'BackChannelInitNode',
  title: 'Backchannel Initialize',
  help: 'Creates a transaction in which another person authenticates, and a link for that person.',
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
        'The journey doesn’t exist, the custom URL is unset, or the transaction could not be stored. The log line says which.',
    },
  },
  requires: ({ idType, usernameKey }) =>
    idType === 'NONE' || usernameKey === undefined ? [] : [usernameKey],
  needs: ['backchannel'],
  reference: {
    outputs: 'the transaction',
    keys: {
      [idKey]: 'ID of the transaction. It is a secret: anyone who has it can run the journey.',
      'backchannel-redirectUri': 'Link for the person.',
      'backchannel-data': 'The object under **Data Object Key**, if any.',
    },
    outcomes: {
      created: 'The transaction is waiting for the person.',
      unknown: 'The realm has no identity of this name and kind.',
      error: 'The transaction was not created. The log says why.',
    },
    example:
      'A help desk agent asks a caller to authenticate on their own device. The journey sends the link to the caller and continues with Backchannel Status.',
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

/** Adds parameters to the query, before any fragment: browsers don't send fragments to the server. */
function withParameters(url: string, parameters: string): string {
  const hash = url.indexOf('#')
  const [page, fragment] = hash < 0 ? [url, ''] : [url.slice(0, hash), url.slice(hash)]
  return `${page}${page.includes('?') ? '&' : '?'}${parameters}${fragment}`
}

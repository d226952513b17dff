import { z } from 'zod'
import { type Action, type Extras, goTo } from '../../engine/action.ts'
import { versionText } from '../../engine/journey.ts'
import { isJsonObject, type JsonObject } from '../../engine/json.ts'
import { type AnyNodeType, everyOutcomeOf, type NodeContext } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'
import { type Ports, ScriptFailure, type ScriptOutcome } from '../ports/ports.ts'
import { auditDetail, stateKeys } from '../script-result.ts'

const config = z.object({
  nodeType: setting('Node Type', 'The type of node to imitate.', z.string().min(1), {
    to: 'nodeType',
    imitable: true,
  }),
  nodeVersion: setting(
    'Node Version',
    'Version of that type. Unset means 1.',
    // AM writes a number; versions are texts elsewhere.
    z
      .union([z.int().positive(), z.string().min(1)])
      .meta({ type: 'integer' })
      .exactOptional(),
  ),
  script: setting('Script', 'Sets `config` to the settings of that node.', z.string().default('[Empty]'), {
    to: 'script',
    contexts: ['CONFIG_PROVIDER_NODE', 'CONFIG_PROVIDER_NODE_NEXT_GEN'],
  }),
  scriptInputs: setting(
    'Script Inputs',
    'State keys that the script may read; * for all.',
    z.array(z.string()).default(['*']),
    'stateKeys',
  ),
})

type Config = z.infer<typeof config>
type Context = NodeContext<Config> & Pick<Ports, 'scripts' | 'nodes'>

/** The settings that a script made and what it says for the audit event, or why there are none. */
type Configured = { settings: JsonObject; extras: Extras } | { problem: string }

/**
 * Runs as a node of another type, with settings that a script makes anew on every visit. The id stays its own, so
 * that the other node finds its state again. Source: "Configuration Provider node".
 */
export const configProvider = defineNode({
  type: 'ConfigProviderNode',
  version: '1.0',
  title: 'Configuration Provider',
  help: 'Runs as a node of another type, with settings that a script makes.',
  tags: ['utilities'],
  config,
  outcomes: (config, around) => [
    ...imitable(around.typeNamed(config.nodeType, versionOf(config))),
    { id: 'CONFIGURATION_FAILED', displayName: 'Configuration failure' },
  ],
  // What the imitated node reads is known only when the script has run. The script itself sees its inputs alone.
  reads: () => ['*'],
  callbacks: { '*': 'Those of the node type that it imitates.' },
  errors: {
    warn: {
      'Failed to get outcome provider for node type.':
        'There is no such node type in this version, or its outcomes depend on its settings alone.',
    },
    error: {
      'Failed to configure node: ‹nodeType›':
        'The script failed or made no settings that the type takes; the line says which.',
    },
    fail: { '‹reason›': 'Whatever the imitated type fails with.' },
  },
  needs: ['scripts', 'nodes'],
  reference: {
    outputs:
      'whatever the imitated type changes; for an inner journey, its settings as the state key `config`',
    outcomes: {
      '*': 'Those of the node type that it imitates.',
      CONFIGURATION_FAILED: 'There are no settings to run with; the log says why.',
    },
  },
  async run(context): Promise<Action> {
    const { config, state, answers, nodes, log } = context
    const version = versionOf(config)
    const type = nodes.typeNamed(config.nodeType, version)
    if (imitable(type).length === 0) log.warn('Failed to get outcome provider for node type.')
    const configured = await configure(context, type)
    if ('problem' in configured) {
      log.error(`Failed to configure node: ${config.nodeType}`, configured.problem)
      return goTo('CONFIGURATION_FAILED')
    }
    const { settings, extras } = configured
    // From here on an error is the imitated node's own and fails the journey.
    const action = await nodes.imitate({ type: config.nodeType, version, config: settings, answers, state })
    if (action.kind === 'enter') state.putShared('config', settings)
    return { ...action, ...extras }
  },
})

function versionOf({ nodeVersion }: Config): string | undefined {
  return nodeVersion === undefined ? undefined : versionText(nodeVersion)
}

/** All outcomes that the type may ever have; none for types that cannot be imitated. */
function imitable(type: AnyNodeType | undefined) {
  return (type && everyOutcomeOf(type)) ?? []
}

async function configure({ config, scripts }: Context, type: AnyNodeType | undefined): Promise<Configured> {
  if (type === undefined || imitable(type).length === 0) {
    return { problem: 'nodes of this type cannot be imitated' }
  }
  const { script, scriptInputs } = config
  try {
    const left = await scripts.run({ script, as: 'config', inputs: stateKeys(scriptInputs) })
    return settingsFor(type, left)
  } catch (cause) {
    if (cause instanceof ScriptFailure) return { problem: cause.message }
    throw cause
  }
}

function settingsFor(type: AnyNodeType, left: ScriptOutcome): Configured {
  if (!isJsonObject(left.config)) return { problem: "Script must set 'config' to a Map." }
  const extras = auditDetail(left.auditDetail)
  if (extras === 'invalid') return { problem: 'Invalid auditEntryDetail type from script' }
  const fits = type.config.safeParse(left.config)
  return fits.success ? { settings: left.config, extras } : { problem: z.prettifyError(fits.error) }
}

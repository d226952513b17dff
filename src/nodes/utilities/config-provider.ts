import { z } from 'zod'
import { isJsonObject, type JsonObject } from '../../base/json.ts'
import { nothingChosen } from '../../base/nothing-chosen.ts'
import { type Action, type Extras, goTo } from '../../engine/action.ts'
import { versionText } from '../../engine/journey.ts'
import { type AnyNodeType, allOutcomesOf, type NodeContext } from '../../engine/node-type.ts'
import { defineNode, setting, textSetting } from '../define-node.ts'
import { type Ports, ScriptFailure, type ScriptOutcome } from '../ports/ports.ts'
import { auditDetail, stateKeys } from '../script-result.ts'

const config = () =>
  z.object({
    nodeType: setting('Node Type', 'The type of node to imitate.', z.string().min(1), {
      to: 'nodeType',
      imitable: true,
    }),
    nodeVersion: setting(
      'Node Version',
      'Version of that type. Unset: 1.',
      // AM writes the version as a number, other tools as text.
      z
        .union([z.int().positive(), z.string().min(1)])
        .meta({ type: 'integer' })
        .exactOptional(),
    ),
    script: textSetting('Script', 'Script that sets the variable `config` to the settings.', nothingChosen, {
      to: 'script',
      contexts: ['CONFIG_PROVIDER_NODE', 'CONFIG_PROVIDER_NODE_NEXT_GEN'],
    }),
    scriptInputs: setting(
      'Script Inputs',
      'State keys that the script may read. * for all.',
      z.array(z.string()).default(['*']),
      'stateKeys',
    ),
  })

type Config = z.infer<ReturnType<typeof config>>
type Context = NodeContext<Config> & Pick<Ports, 'scripts' | 'nodes'>

/** The settings from the script and its audit detail, or the reason why there are none. */
type Configured = { settings: JsonObject; extras: Extras } | { problem: string }

/**
 * Runs as a node of another type, with settings that a script creates on every visit. The node keeps its id, so that
 * the other type finds its state again. Source: "Configuration Provider node".
 */
export const configProvider = defineNode({
  type: 'ConfigProviderNode',
  title: 'Configuration Provider',
  help: 'Runs as a node of another type, with settings that a script creates.',
  tags: ['utilities'],
  config,
  outcomes: (config, around) => [
    ...imitable(around.typeNamed(config.nodeType, versionOf(config))),
    { id: 'CONFIGURATION_FAILED', displayName: 'Configuration failure' },
  ],
  // The keys that the imitated type reads are known only after the script has run. The script sees only its inputs.
  reads: () => ['*'],
  callbacks: { '*': 'Those of the imitated type.' },
  errors: {
    warn: {
      'Failed to get outcome provider for node type.':
        'The type doesn’t exist in this version, or computes its outcomes from its settings.',
    },
    error: {
      'Failed to configure node: ‹nodeType›':
        'The script failed, or its settings don’t fit the type. The log line says which.',
    },
    fail: { '‹reason›': 'Any error of the imitated type.' },
  },
  needs: ['scripts', 'nodes'],
  reference: {
    outputs:
      'whatever the imitated type changes, and for an inner journey its settings in the state key `config`',
    outcomes: {
      '*': 'Those of the imitated type.',
      CONFIGURATION_FAILED: 'There are no valid settings. The log says why.',
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
    // From here on, errors belong to the imitated type and fail the journey.
    const action = await nodes.imitate({ type: config.nodeType, version, config: settings, answers, state })
    if (action.kind === 'enter') state.putShared('config', settings)
    return { ...action, ...extras }
  },
})

function versionOf({ nodeVersion }: Config): string | undefined {
  return nodeVersion === undefined ? undefined : versionText(nodeVersion)
}

/** All possible outcomes of the type; none if it can't be imitated. */
function imitable(type: AnyNodeType | undefined) {
  return (type && allOutcomesOf(type)) ?? []
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

import { listVariables } from '../../../contract/environment.ts'
import { defined } from '../../base/defined.ts'
import type { JsonObject } from '../../base/json.ts'
import type { EsvVariable } from '../../esvs/esv.ts'
import { type EsvChanges, esvRevision } from '../../esvs/esv-changes.ts'
import type { EsvStore } from '../../esvs/esv-store.ts'
import type { Esvs } from '../../esvs/esvs.ts'
import { parseBody } from '../body.ts'
import { type Answer, type Call, param, type Route } from '../route.ts'
import { endpointsAt, serve } from '../serve.ts'
import {
  answered,
  authorOf,
  checkRealms,
  decoded,
  describing,
  preconditionOf,
  variableBody,
  variableResource,
} from './values.ts'

export type EnvironmentDependencies = {
  esvStore: Pick<EsvStore, 'all' | 'versions'>
  esvChanges: EsvChanges
  esvs: Pick<Esvs, 'processNames'>
  findRealm(path: string): Promise<{ path: string } | undefined>
}

const { path } = listVariables
const access = 'administrator'
const resource = variableResource

/** Variables of the whole server. Source: "Variables" of the vendor's API for environments. */
export function variableRoutes(from: EnvironmentDependencies): Route[] {
  const { esvStore, esvChanges } = from
  const { list, read, save, remove } = serve({
    endpoints: { ...endpointsAt(path), list: listVariables },
    access,
    resource,
    list: { summary: 'Lists the stored variables, which placeholders and scripts of all realms read.' },
    read: { summary: 'Reads a variable, with its value in base64.' },
    save: {
      summary:
        'Creates a variable, or replaces its value, description and realms. `If-None-Match: *` only creates, `If-Match` only replaces what has not changed.',
      handle: (call) => put(from, call),
    },
    remove: {
      summary: 'Removes a variable and answers with it. Settings with its placeholder fail from then on.',
      async handle(call) {
        const variable = await esvChanges.variable(param(call, 'id'))
        await esvChanges.remove('variable', variable.id, preconditionOf(call))
        return { body: variableAnswer(variable) }
      },
    },
    all: async () => (await esvStore.all()).variables,
    find: (_call, id) => esvChanges.variable(id),
    toResource: variableAnswer,
    toListed: (variable) => variable,
    toAnswer: (variable) => answered(variableAnswer(variable), variable),
  })
  return [list, read, save, describing('variable', from, { path: `${path}/:id`, access, resource }), remove]
}

async function put({ esvChanges, findRealm }: EnvironmentDependencies, call: Call): Promise<Answer> {
  const { valueBase64, description, expressionType, realms } = parseBody(variableBody, call)
  await checkRealms(realms, async (path) => (await findRealm(path))?.path === path)
  const write = { id: param(call, 'id'), value: decoded(valueBase64), description, expressionType, realms }
  const { variable } = await esvChanges.saveVariable(write, await authorOf(call), preconditionOf(call))
  return answered(variableAnswer(variable), variable)
}

function variableAnswer(variable: EsvVariable): JsonObject {
  const { id, description, expressionType, value, realms, changedAt, changedBy } = variable
  return {
    _id: id,
    description,
    expressionType,
    lastChangeDate: esvRevision({ changedAt }),
    lastChangedBy: changedBy,
    // Changes are in force at once.
    loaded: true,
    valueBase64: Buffer.from(value).toString('base64'),
    ...defined({ realms }),
  }
}

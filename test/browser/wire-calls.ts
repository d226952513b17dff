import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import ts from 'typescript'
import type { Collection } from '../../contract/collection.ts'

// Finds every request in the sources of web/api, without running them.

const root = join(import.meta.dirname, '..', '..')
const folder = join(root, 'web', 'api')

type Endpoint = { method: string; path: string }

/** The endpoints of the contract, by module and name. */
const contract: Readonly<Record<string, Readonly<Record<string, Endpoint>>>> = Object.fromEntries(
  await Promise.all(
    globSync('*.ts', { cwd: join(root, 'contract') }).map(async (name) => [
      name,
      await import(join(root, 'contract', name)),
    ]),
  ),
)

/** Functions that send requests, with the index of their path argument. Options follow it. */
const askers: Readonly<Record<string, number>> = {
  request: 1,
  requestWithRevision: 1,
  requestFile: 0,
  sendRequest: 0,
  serverEvents: 0,
}

/** Functions that call an endpoint of the contract, which is their first argument. */
const callers = ['callEndpoint', 'callAction']

/** Results of helper functions, for the realm alpha. */
const known: Readonly<Record<string, string>> = {
  realmPath: '/am/json/realms/root/realms/alpha',
  userObject: 'alpha_user',
}

/** Placeholder for a value that is only known at run time. */
const something = '{…}'

export type WireCall = { place: string; method: string; path: string }

type Bindings = ReadonlyMap<string, readonly string[]>

/** All requests in web/api. `{…}` stands for values that are only known at run time. */
export function wireCalls(): WireCall[] {
  const files = globSync('*.ts', { cwd: folder }).filter(
    (name) => !name.endsWith('.test.ts') && name !== clientOfCollections,
  )
  const sources = files.map((name) =>
    ts.createSourceFile(name, readFileSync(join(folder, name), 'utf8'), ts.ScriptTarget.ESNext, true),
  )
  const calls = sources.flatMap((source) =>
    callsIn(source).flatMap((call) => {
      if (callers.includes(nameOf(call))) return [callOfEndpoint(call)]
      const at = askers[nameOf(call)]
      const path = at === undefined ? undefined : call.arguments[at]
      // These functions pass their own parameters on.
      if (at === undefined || path === undefined || isParameterOfAsker(call, path)) return []
      const place = placeOf(call)
      const methods = methodsOf(call.arguments[at + 1])
      return textsOf(path).flatMap((text) => methods.map((method) => ({ place, method, path: pathOf(text) })))
    }),
  )
  return [...calls, ...callsOfCollections()]
}

/** It calls the endpoints of whichever collection it gets. */
const clientOfCollections = 'collection.ts'

function callsOfCollections(): WireCall[] {
  const exported = Object.values(contract).flatMap((module) => Object.entries(module))
  return exported.flatMap(([name, value]) => {
    if (!('list' in Object(value))) return []
    const { list, read, save, remove } = value as unknown as Collection
    return [list, read, save, remove].map(({ method, path }) => ({
      place: `collection ${name}`,
      method,
      path: pathOfEndpoint(path),
    }))
  })
}

function placeOf(call: ts.CallExpression): string {
  const source = call.getSourceFile()
  const { line } = source.getLineAndCharacterOfPosition(call.getStart())
  return `web/api/${source.fileName}:${line + 1}`
}

/** A call of an endpoint, whose actions are all POST. */
function callOfEndpoint(call: ts.CallExpression): WireCall {
  const { method, path } = endpointNamed(call.arguments[0])
  return { place: placeOf(call), method, path: pathOfEndpoint(path) }
}

/** The endpoint of the contract that a file imports under this name. */
function endpointNamed(name: ts.Expression | undefined): Endpoint {
  const imports = name?.getSourceFile().statements.filter(ts.isImportDeclaration) ?? []
  for (const { importClause, moduleSpecifier } of imports) {
    const named = importClause?.namedBindings
    if (named === undefined || !ts.isNamedImports(named)) continue
    const found = named.elements.find((element) => element.name.text === name?.getText())
    const module = basename(moduleSpecifier.getText().slice(1, -1))
    const endpoint = contract[module]?.[(found?.propertyName ?? found?.name)?.text ?? '']
    if (endpoint !== undefined) return endpoint
  }
  throw new Error(`${name?.getText()} is no endpoint of the contract`)
}

function pathOfEndpoint(path: string): string {
  if (path.startsWith('/')) return path.replaceAll(/:\w+/g, something)
  const home = path.startsWith('global-config/') ? '/am/json' : known.realmPath
  return `${home}/${path.replaceAll(/:\w+/g, something)}`
}

function callsIn(root: ts.Node): ts.CallExpression[] {
  const found: ts.CallExpression[] = []
  const visit = (node: ts.Node) => {
    if (ts.isCallExpression(node)) found.push(node)
    ts.forEachChild(node, visit)
  }
  visit(root)
  return found
}

function nameOf(call: ts.CallExpression): string {
  return ts.isIdentifier(call.expression) ? call.expression.text : ''
}

function isParameterOfAsker(call: ts.CallExpression, path: ts.Expression): boolean {
  const around = ts.findAncestor(call, ts.isFunctionDeclaration)?.name?.text ?? ''
  return (around in askers && ts.isIdentifier(path)) || callers.includes(around)
}

function pathOf(text: string): string {
  return text.split('?', 1)[0] ?? ''
}

/** All possible values of an expression. */
function textsOf(node: ts.Expression, bindings: Bindings = new Map()): string[] {
  if (ts.isStringLiteralLike(node)) return [node.text]
  if (ts.isParenthesizedExpression(node)) return textsOf(node.expression, bindings)
  if (ts.isConditionalExpression(node)) {
    return [...textsOf(node.whenTrue, bindings), ...textsOf(node.whenFalse, bindings)]
  }
  if (ts.isTemplateExpression(node)) {
    return node.templateSpans.reduce(
      (texts, { expression, literal }) =>
        texts.flatMap((text) => textsOf(expression, bindings).map((part) => `${text}${part}${literal.text}`)),
      [node.head.text],
    )
  }
  if (ts.isCallExpression(node)) return textsOfCall(node, bindings)
  if (ts.isIdentifier(node)) return [...(bindings.get(node.text) ?? textsOfName(node))]
  return [something]
}

function textsOfCall(call: ts.CallExpression, bindings: Bindings): string[] {
  const name = nameOf(call)
  if (name === 'endpointPath') return [pathOfEndpoint(endpointNamed(call.arguments[0]).path)]
  const text = known[name]
  if (text !== undefined) return [text]
  const declared = call
    .getSourceFile()
    .statements.find((each) => ts.isFunctionDeclaration(each) && each.name?.text === name)
  if (declared === undefined || !ts.isFunctionDeclaration(declared)) return [something]
  const given = declared.parameters.map((parameter, index) => {
    const argument = call.arguments[index] ?? parameter.initializer
    return [parameter.name.getText(), argument ? textsOf(argument, bindings) : [something]] as const
  })
  const answers = [...(declared.body?.statements ?? [])].filter(ts.isReturnStatement)
  return answers.flatMap(({ expression }) => (expression ? textsOf(expression, new Map(given)) : []))
}

/** The values of a name: those of the constant in scope. */
function textsOfName(name: ts.Identifier): string[] {
  const value = valueNamed(name)
  return value === undefined ? [something] : textsOf(value)
}

function valueNamed(name: ts.Identifier): ts.Expression | undefined {
  for (let scope: ts.Node | undefined = name; scope !== undefined; scope = scope.parent) {
    if (!ts.isBlock(scope) && !ts.isSourceFile(scope)) continue
    for (const statement of scope.statements) {
      if (!ts.isVariableStatement(statement)) continue
      const found = statement.declarationList.declarations.find((each) => each.name.getText() === name.text)
      if (found?.initializer !== undefined) return found.initializer
    }
  }
  return undefined
}

/** Possible methods of a request, from the options argument. */
function methodsOf(asked: ts.Expression | undefined): string[] {
  if (asked === undefined) return ['GET']
  if (ts.isConditionalExpression(asked)) return [...methodsOf(asked.whenTrue), ...methodsOf(asked.whenFalse)]
  if (ts.isAsExpression(asked)) return methodsOf(asked.expression)
  if (ts.isIdentifier(asked)) return methodsOfValue(valueNamed(asked))
  if (!ts.isObjectLiteralExpression(asked)) return [something]
  for (const member of asked.properties) {
    if (member.name?.getText() !== 'method') continue
    if (ts.isPropertyAssignment(member)) return textsOf(member.initializer)
    if (ts.isShorthandPropertyAssignment(member)) return textsOf(member.name)
  }
  return ['GET']
}

function methodsOfValue(value: ts.Expression | undefined): string[] {
  return value === undefined ? [something] : methodsOf(value)
}

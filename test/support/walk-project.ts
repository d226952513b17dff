import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { JsonObject } from '../../src/base/json.ts'
import { testCommand } from '../../src/cli/test-command.ts'
import { failureId, successId } from '../../src/engine/journey.ts'

type SmallNode = { type: string; config?: JsonObject; to: Record<string, string> }

/** A journey as frodo exports it. The first node is its entry; `success` and `failure` are its ends. */
export function exportOf(
  name: string,
  nodes: Record<string, SmallNode>,
  scripts: Record<string, string> = {},
): string {
  const ends: Record<string, string> = { success: successId, failure: failureId }
  const idOf = (node: string) => ends[node] ?? `${name}-${node}`
  const [entry = 'success'] = Object.keys(nodes)
  const placed = Object.entries(nodes).map(([node, { type, to }]) => [
    idOf(node),
    {
      nodeType: type,
      displayName: node,
      connections: Object.fromEntries(Object.entries(to).map(([outcome, target]) => [outcome, idOf(target)])),
    },
  ])
  const settings = Object.entries(nodes).map(([node, { type, config = {} }]) => [
    idOf(node),
    { _id: idOf(node), _type: { _id: type }, ...config },
  ])
  const script = Object.entries(scripts).map(([id, source]) => [
    id,
    {
      _id: id,
      name: id,
      language: 'JAVASCRIPT',
      context: 'AUTHENTICATION_TREE_DECISION_NODE',
      evaluatorVersion: '2.0',
      script: JSON.stringify(source),
    },
  ])
  const tree = {
    _id: name,
    entryNodeId: idOf(entry),
    identityResource: 'managed/alpha_user',
    enabled: true,
    noSession: true,
    nodes: Object.fromEntries(placed),
  }
  return JSON.stringify(
    {
      tree,
      nodes: Object.fromEntries(settings),
      innerNodes: {},
      scripts: Object.fromEntries(script),
      emailTemplates: {},
    },
    null,
    2,
  )
}

/** A scripted decision node. Its script has its name. */
export function scripted(script: string, to: Record<string, string>): SmallNode {
  return {
    type: 'ScriptedDecisionNode',
    config: { script, outcomes: Object.keys(to), inputs: ['*'], outputs: ['*'] },
    to,
  }
}

/** A journey that asks for name and password. */
export const login = exportOf('Login', {
  'Ask Name': { type: 'UsernameCollectorNode', to: { outcome: 'Ask Password' } },
  'Ask Password': { type: 'PasswordCollectorNode', to: { outcome: 'Check' } },
  Check: { type: 'DataStoreDecisionNode', to: { true: 'success', false: 'failure' } },
})

/** Writes a project to a temporary folder. @returns the folder. */
export function projectFolder(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'sidegate-project-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), content)
  }
  return folder
}

/** Makes a folder a repository of git with all its files in the only commit. */
export function commitAll(folder: string): void {
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd: folder })
  git('init', '-q')
  git('add', '.')
  git('commit', '-q', '-m', 'first')
}

/** Runs `sidegate test` in a folder. @returns its exit status, and its output with paths relative to the folder. */
export async function testedIn(folder: string, options: readonly string[] = [], environment = {}) {
  const lines: string[] = []
  const print = (text: string) => void lines.push(text)
  const status = await testCommand([folder, ...options], { print, warn: print, environment })
  return { status, output: lines.join('\n').replaceAll(`${folder}/`, ''), folder }
}

/** Writes a project and runs its walks. */
export function tested(files: Record<string, string>, options: readonly string[] = [], environment = {}) {
  return testedIn(projectFolder(files), options, environment)
}

import { incompatibilitiesIn } from './compatibility.ts'
import type { Incompatibility } from './incompatibilities.ts'
import { missingNames } from './missing-names.ts'
import { remembered } from './remembered.ts'
import { ScriptError, type ScriptJob, type ScriptKind } from './script-engine.ts'

/**
 * Refuses a script that has a parse error on the vendor's engine, or that decides differently there.
 *
 * Values of Java are proved for legacy scripts only. In the other generation they stay a warning of the linter.
 * @throws ScriptError that names the construct and its line.
 */
export async function refuseAsVendor({
  name,
  source,
  kind,
}: Pick<ScriptJob, 'name' | 'source' | 'kind'>): Promise<void> {
  const kinds = isLegacy(kind) ? ['syntax', 'constant', 'value'] : ['syntax', 'constant']
  const found = (await incompatibilitiesIn(source)).find((each) => kinds.includes(each.kind))
  if (found === undefined) return
  throw new ScriptError(found.kind === 'syntax' ? 'syntax' : 'runtime', textOf(name, found), found.line)
}

/** The source of a script, in legacy scripts with checks of values that only a run knows. */
export async function checkedAsVendor(kind: ScriptKind, source: string): Promise<string> {
  return isLegacy(kind) ? withChecks(source) : source
}

const withChecks = remembered(async (source) => (await import('./java-values.ts')).withChecks(source))

/** What to remove for a kind of script. The `replaceAll` of legacy scripts is that of Java's texts. */
export function namesWithout(kind: ScriptKind): readonly string[] {
  return isLegacy(kind) ? missingNames.filter((name) => name !== 'String.prototype.replaceAll') : missingNames
}

const isLegacy = (kind: ScriptKind) => kind.startsWith('legacy')

/** The source of a library as the vendor's engine loads it: one with a parse error throws. Its variables aren't in the scope of the script. */
export async function libraryOfVendor(name: string, source: string): Promise<string> {
  const found = (await incompatibilitiesIn(source)).find(({ kind }) => kind === 'syntax')
  return found === undefined ? source : `throw new SyntaxError(${JSON.stringify(textOf(name, found))})`
}

function textOf(name: string, { line, message }: Incompatibility): string {
  return `On the vendor's engine, ${message} (${name}#${line})`
}

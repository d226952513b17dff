import { spawnSync } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

// Runs dependency-cruiser with the rules of .dependency-cruiser.cjs. If it can't use the compiler, it reports
// "no violations (0 modules)" and exits with 0, so this also fails if files are missing from its report.

const root = join(import.meta.dirname, '..')
const folders = ['src', 'contract', 'bin', 'test', 'tools', 'demo', 'quality', 'web'].filter((name) =>
  existsSync(join(root, name)),
)

const reportSchema = z.object({
  modules: z.array(z.object({ source: z.string() })),
  summary: z.object({
    violations: z.array(
      z.object({
        from: z.string(),
        to: z.string(),
        rule: z.object({ name: z.string(), severity: z.string() }),
        cycle: z.array(z.object({ name: z.string() })).optional(),
        comment: z.string().optional(),
      }),
    ),
    ruleSetUsed: z.object({
      forbidden: z.array(z.object({ name: z.string(), comment: z.string().min(1) })),
    }),
  }),
})

type Report = z.infer<typeof reportSchema>

function cruise(): Report {
  const program = join(root, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruiser.mjs')
  const args = [program, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...folders]
  const { stdout, stderr, error } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  })
  if (error !== undefined || stdout === '') {
    throw new Error(`dependency-cruiser did not run: ${stderr}`, { cause: error })
  }
  return reportSchema.parse(JSON.parse(stdout))
}

function describe({ summary }: Report): string[] {
  const reasons = new Map(summary.ruleSetUsed.forbidden.map(({ name, comment }) => [name, comment]))
  return summary.violations.map(({ rule, from, to, cycle }) => {
    const way = cycle === undefined ? to : cycle.map(({ name }) => name).join(' → ')
    return `${rule.name}: ${from} → ${way}\n    ${reasons.get(rule.name) ?? ''}`
  })
}

const report = cruise()
const seen = new Set(report.modules.map(({ source }) => source))
const files = globSync('{src,contract,web}/**/*.{ts,tsx}', { cwd: root }).filter(
  (file) => !file.endsWith('.d.ts') && !/^web\/(dist|node_modules)\//.test(file),
)
const problems = [
  ...files.filter((file) => !seen.has(file)).map((file) => `${file} was not checked`),
  ...describe(report),
]

if (problems.length > 0) {
  console.error(problems.join('\n'))
  process.exitCode = 1
} else {
  console.log(
    `structure: ${seen.size} modules, ${report.summary.ruleSetUsed.forbidden.length} rules, no violations`,
  )
}

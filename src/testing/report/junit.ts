import { escapeXml } from '../../base/markup.ts'
import { shownPath } from '../project/project.ts'
import type { WalkResult } from '../run-walk.ts'
import { titleOf } from './failure-text.ts'

/**
 * The results as JUnit XML, one test suite for each file.
 * @param textOf the masked text of a failure.
 */
export function junitXml(results: readonly WalkResult[], textOf: (result: WalkResult) => string): string {
  const suites = Map.groupBy(results, ({ file }) => file)
  const lines = [...suites].flatMap(([file, cases]) => [
    `  <testsuite name="${escapeXml(shownPath(file))}" ${counts(cases)}>`,
    ...cases.map((result) => testCase(result, textOf)),
    '  </testsuite>',
  ])
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts(results)}>`,
    ...lines,
    '</testsuites>',
    '',
  ].join('\n')
}

function testCase(result: WalkResult, textOf: (result: WalkResult) => string): string {
  const { file, line, about, status, reason } = result
  const name = `name="${escapeXml(titleOf(result))}" classname="${escapeXml(about)}"`
  const start = `    <testcase ${name} file="${escapeXml(shownPath(file))}" line="${line}" time="${seconds([result])}"`
  if (status === 'passed') return `${start}/>`
  if (status === 'skipped') return `${start}><skipped message="${escapeXml(reason ?? '')}"/></testcase>`
  const tag = status === 'broken' ? 'error' : 'failure'
  // The first line names the walk; the text is masked.
  const text = textOf(result)
  return `${start}><${tag} message="${escapeXml(text.split('\n', 1)[0] ?? '')}">${escapeXml(text)}</${tag}></testcase>`
}

function counts(results: readonly WalkResult[]): string {
  const of = (status: WalkResult['status']) => results.filter((result) => result.status === status).length
  return `tests="${results.length}" failures="${of('failed')}" errors="${of('broken')}" skipped="${of('skipped')}" time="${seconds(results)}"`
}

function seconds(results: readonly WalkResult[]): string {
  return (results.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / 1000).toFixed(3)
}

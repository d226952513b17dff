import type { Client } from 'pg'
import * as z from 'zod'

const nodeSchema = z.object({
  'Actual Rows': z.number().default(0),
  'Actual Loops': z.number().default(1),
  'Rows Removed by Filter': z.number().default(0),
  'Rows Removed by Index Recheck': z.number().default(0),
  'Relation Name': z.string().optional(),
  get Plans() {
    return z.array(nodeSchema).default([])
  },
})
type PlanNode = z.infer<typeof nodeSchema>
const planSchema = z.array(z.object({ 'QUERY PLAN': z.tuple([z.object({ Plan: nodeSchema })]) }))

/** How many rows of these tables PostgreSQL reads for a statement, which it runs without keeping its effect. */
export async function rowsRead(
  client: Client,
  text: string,
  values: unknown[],
  tables: readonly string[],
): Promise<number> {
  await client.query('begin')
  try {
    const { rows } = await client.query(`explain (analyze, format json) ${text}`, values)
    return planSchema.parse(rows).reduce((sum, row) => sum + rowsOf(row['QUERY PLAN'][0].Plan, tables), 0)
  } finally {
    await client.query('rollback')
  }
}

function rowsOf(node: PlanNode, tables: readonly string[]): number {
  const below = node.Plans.reduce((sum, plan) => sum + rowsOf(plan, tables), 0)
  if (!tables.includes(node['Relation Name'] ?? '')) return below
  const removed = node['Rows Removed by Filter'] + node['Rows Removed by Index Recheck']
  return below + (node['Actual Rows'] + removed) * node['Actual Loops']
}

/** Adds copies of a table's rows under keys of their own: every indexed text but the realm and the model gets a new value. */
export async function fillTable(client: Client, table: string, copies: number): Promise<void> {
  const { rows } = await client.query(
    `select distinct attname as name from pg_attribute a join pg_index i on i.indrelid = a.attrelid and a.attnum = any(i.indkey)
     where a.attrelid = $1::regclass and a.atttypid = 'text'::regtype and attname not in ('realm', 'model')`,
    [table],
  )
  const names = z.array(z.object({ name: z.string() })).parse(rows)
  const own = names.map(({ name }) => `'${name}', md5(n || to_jsonb(r)::text || '${name}')`)
  await client.query(
    `insert into ${table} select copy.* from (select distinct on (${await kindOf(client, table)}) * from ${table}) r,
       generate_series(1, ${copies}) n,
       lateral jsonb_populate_record(null::${table}, to_jsonb(r) || jsonb_build_object(${own.join(', ')})) copy`,
  )
  await client.query(`analyze ${table}`)
}

/** Rows of each model and realm are copied. */
async function kindOf(client: Client, table: string): Promise<string> {
  const { rows } = await client.query(
    `select attname as name from pg_attribute where attrelid = $1::regclass and attname in ('realm', 'model')`,
    [table],
  )
  return z
    .array(z.object({ name: z.string() }))
    .parse(rows)
    .map(({ name }) => name)
    .join(', ')
}

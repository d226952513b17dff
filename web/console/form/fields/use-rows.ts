import { useRef, useState } from 'react'
import { isSameJson, type JsonObject } from '../../../api/json.ts'

/** A row of a map while it is edited. Its name may be empty or a duplicate while the user types. */
export type Row = { id: number; key: string; text: string }

/** Edits a map of texts as rows. Rows without a name are left out of the map. */
export function useRows(value: JsonObject, onChange: (value: JsonObject) => void) {
  const count = useRef(0)
  const rowsFrom = (map: JsonObject): Row[] =>
    Object.entries(map).map(([key, text]) => {
      count.current += 1
      return { id: count.current, key, text: typeof text === 'string' ? text : '' }
    })
  const [rows, setRows] = useState(() => rowsFrom(value))
  // The map changed from outside, for example by undo.
  const current = isSameJson(mapFrom(rows), value) ? rows : rowsFrom(value)
  if (current !== rows) setRows(current)
  const put = (next: Row[]) => {
    setRows(next)
    onChange(mapFrom(next))
  }
  return {
    rows: current,
    setRow: (at: number, change: Partial<Row>) =>
      put(current.map((row, place) => (place === at ? { ...row, ...change } : row))),
    addRow: (key: string) => {
      count.current += 1
      put([...current, { id: count.current, key, text: '' }])
    },
    removeRow: (at: number) => put(current.toSpliced(at, 1)),
  }
}

function mapFrom(rows: readonly Row[]): JsonObject {
  return Object.fromEntries(rows.filter(({ key }) => key !== '').map(({ key, text }) => [key, text]))
}

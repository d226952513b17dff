import './rows.css'
import type { ReactNode } from 'react'

type Props = {
  titles: readonly string[]
  /** Titles of columns with numbers. */
  numbers?: readonly string[]
  /** Titles of columns that only screen readers need. */
  spoken?: readonly string[]
  /** Stands before the titles, in a cell. */
  first?: ReactNode
}

/** The head of a table whose rows are cards on phones. */
export function ColumnHeads({ titles, numbers = [], spoken = [], first }: Props) {
  const look = 'fine strong nowrap text-start'
  return (
    <thead>
      <tr>
        {first !== undefined && (
          <th scope="col" className={look}>
            {first}
          </th>
        )}
        {titles.map((title) => (
          <th key={title} scope="col" className={numbers.includes(title) ? `${look} number` : look}>
            {spoken.includes(title) ? <span className="spoken">{title}</span> : title}
          </th>
        ))}
      </tr>
    </thead>
  )
}

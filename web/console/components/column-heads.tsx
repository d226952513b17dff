import './rows.css'

type Props = {
  titles: readonly string[]
  /** Titles of columns with numbers. */
  numbers?: readonly string[]
  /** Titles of columns that only screen readers need. */
  spoken?: readonly string[]
}

/** The head of a table whose rows are cards on phones. */
export function ColumnHeads({ titles, numbers = [], spoken = [] }: Props) {
  return (
    <thead>
      <tr>
        {titles.map((title) => (
          <th key={title} scope="col" className={numbers.includes(title) ? 'number' : undefined}>
            {spoken.includes(title) ? <span className="spoken">{title}</span> : title}
          </th>
        ))}
      </tr>
    </thead>
  )
}

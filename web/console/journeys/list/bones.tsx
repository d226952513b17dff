import { Skeleton } from '@mantine/core'

const widths = [234, 186, 120, 165, 144]

/** Rows before the first data. */
export function Bones() {
  return (
    <div className="journey-bones" role="status" aria-busy="true" aria-label="Reading the journeys">
      {widths.map((width) => (
        <div key={width}>
          <Skeleton width={108} height={32} />
          <div>
            <Skeleton width={width} height={12} />
            <Skeleton width={`min(100%, ${width * 1.4}px)`} height={10} mt={9} />
          </div>
        </div>
      ))}
    </div>
  )
}

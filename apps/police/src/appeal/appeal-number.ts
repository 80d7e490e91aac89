import { chinaDay } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';

/** Mints the next receipt number of a unit's appeals, as in `S110105990000202605000001`: S, unit, year and month in China, running number. */
export async function mintAppealNumber(manager: EntityManager, unitCode: string, at: Date): Promise<string> {
  const month = chinaDay(at).slice(0, 7).replace('-', '');
  const [row] = await manager.query<{ last_number: number }[]>(
    `insert into appeal_number_sequence (unit_code, month, last_number)
     values ($1, $2, 1)
     on conflict (unit_code, month) do update set last_number = appeal_number_sequence.last_number + 1
     returning last_number`,
    [unitCode, month],
  );
  if (!row) throw new Error('appeal number: the sequence of the unit gave nothing');
  return `S${unitCode}${month}${String(row.last_number).padStart(6, '0')}`;
}

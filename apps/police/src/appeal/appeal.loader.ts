import type { Batch } from '@lianfang/subgraph';
import { In } from 'typeorm';
import { isId } from '@lianfang/database';
import { Appeal } from './appeal.entity';

/** Appeals by id, as far as the caller sees them. */
export const loadAppeals: Batch<string, Appeal> = async (ids, context) => {
  const found = await (await context.manager()).findBy(Appeal, { id: In(ids.filter(isId)) });
  return ids.map((id) => found.find((appeal) => appeal.id === id) ?? null);
};

/** The appeals against each stop, oldest first. */
export const loadAppealsOfRequests: Batch<string, Appeal[]> = async (ids, context) => {
  const found = await (await context.manager()).find(Appeal, { where: { requestId: In([...ids]) }, order: { receivedAt: 'asc', id: 'asc' } });
  return ids.map((id) => found.filter(({ requestId }) => requestId === id));
};

import { CreateAppeal1764000360000 } from '../migrations/1764000360000-create-appeal';
import { Appeal } from './appeal.entity';

/** What the data source lists from appeals. */
export const appealEntities = [Appeal];

/** What the database runs from appeals. */
export const appealMigrations = [CreateAppeal1764000360000];

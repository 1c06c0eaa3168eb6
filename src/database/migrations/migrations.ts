import { Migration20261124000000 } from './Migration20261124000000.js';
import { Migration20261124120000 } from './Migration20261124120000.js';
import { Migration20261124180000 } from './Migration20261124180000.js';
import { Migration20261125100000 } from './Migration20261125100000.js';
import { Migration20261125110000 } from './Migration20261125110000.js';
import { Migration20261125200000 } from './Migration20261125200000.js';
import { Migration20261126090000 } from './Migration20261126090000.js';
import { Migration20261126100000 } from './Migration20261126100000.js';
import { Migration20261126110000 } from './Migration20261126110000.js';
import { Migration20261126115000 } from './Migration20261126115000.js';
import { Migration20261126120000 } from './Migration20261126120000.js';
import { Migration20261126140000 } from './Migration20261126140000.js';
import { Migration20261126160000 } from './Migration20261126160000.js';
import { Migration20261127100000 } from './Migration20261127100000.js';
import { Migration20261127110000 } from './Migration20261127110000.js';
import { Migration20261127120000 } from './Migration20261127120000.js';
import { Migration20261128100000 } from './Migration20261128100000.js';
import { Migration20261128110000 } from './Migration20261128110000.js';
import { Migration20261128120000 } from './Migration20261128120000.js';
import { Migration20261128130000 } from './Migration20261128130000.js';
import { Migration20261128140000 } from './Migration20261128140000.js';
import { Migration20261128150000 } from './Migration20261128150000.js';
import { Migration20261129130000 } from './Migration20261129130000.js';
import { Migration20261129140000 } from './Migration20261129140000.js';
import { Migration20261129150000 } from './Migration20261129150000.js';
import { Migration20261130100000 } from './Migration20261130100000.js';
import { Migration20261201100000 } from './Migration20261201100000.js';
import { Migration20261201120000 } from './Migration20261201120000.js';

/** All migrations, in their order. */
export const MIGRATIONS = [
  Migration20261124000000,
  Migration20261124120000,
  Migration20261124180000,
  Migration20261125100000,
  Migration20261125110000,
  Migration20261125200000,
  Migration20261126090000,
  Migration20261126100000,
  Migration20261126110000,
  Migration20261126115000,
  Migration20261126120000,
  Migration20261126140000,
  Migration20261126160000,
  Migration20261127100000,
  Migration20261127110000,
  Migration20261127120000,
  Migration20261128100000,
  Migration20261128110000,
  Migration20261128120000,
  Migration20261128130000,
  Migration20261128140000,
  Migration20261128150000,
  Migration20261129130000,
  Migration20261129140000,
  Migration20261129150000,
  Migration20261130100000,
  Migration20261201100000,
  Migration20261201120000,
];

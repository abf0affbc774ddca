import "htmx.org";
import "./look.css";
import "./parts.css";
import "./shell.css";
import "./catalog.css";
import "./runs.css";
import { wireTheme } from "./shell/theme.js";
import { wireMenus } from "./shell/menus.js";
import { wireHtmx } from "./shell/htmx.js";
import { wireCopying } from "./shell/copying.js";

wireTheme();
wireMenus();
wireHtmx();
wireCopying();

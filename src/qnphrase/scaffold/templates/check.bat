@echo off
cd /d "%~dp0"
qnphrase lint . && qnphrase build
pause

@echo off
rem run.sh for Windows: finds JDK 25, builds the workshop module when it is stale, and hands over to its commands.
setlocal EnableExtensions DisableDelayedExpansion
set "root=%~dp0"
set "root=%root:~0,-1%"
set "state=%root%\.workshop"
set "log=%state%\build.log"
rem The workshop prints UTF-8, and Maven writes its class paths in it.
chcp 65001 >nul

rem --- The JDK
set "jdk="
set "others="
if defined WORKSHOP_JDK call :try "%WORKSHOP_JDK:"=%"
if defined JAVA_HOME call :try "%JAVA_HOME:"=%"
if defined JAVA_HOME_25_X64 call :try "%JAVA_HOME_25_X64%"
if defined JAVA_HOME_25_ARM64 call :try "%JAVA_HOME_25_ARM64%"
for /f "delims=" %%J in ('where javac 2^>nul') do call :try "%%~dpJ.."
for /d %%D in (
  "%ProgramFiles%\Eclipse Adoptium\*"
  "%ProgramFiles%\Microsoft\jdk-*"
  "%ProgramFiles%\Java\*"
  "%ProgramFiles%\Zulu\*"
  "%ProgramFiles%\Amazon Corretto\*"
  "%ProgramFiles%\BellSoft\*"
  "%ProgramFiles%\RedHat\*"
  "%LOCALAPPDATA%\Programs\Eclipse Adoptium\*"
  "%LOCALAPPDATA%\mise\installs\java\*"
  "%USERPROFILE%\.jdks\*"
  "%USERPROFILE%\.sdkman\candidates\java\*"
  "%USERPROFILE%\.jbang\cache\jdks\*"
  "%USERPROFILE%\.gradle\jdks\*"
) do call :try "%%~D"
for /d %%D in ("%USERPROFILE%\scoop\apps\*jdk*" "%ProgramData%\scoop\apps\*jdk*") do call :try "%%~D\current"
if not defined jdk goto no_jdk
if defined WORKSHOP_JDK for %%J in ("%WORKSHOP_JDK:"=%") do if /i not "%%~fJ"=="%jdk%" echo WORKSHOP_JDK=%%~J is not the folder of a JDK 25: using "%jdk%".>&2
set "JAVA_HOME=%jdk%"
set "PATH=%jdk%\bin;%PATH%"

rem --- Maven: an installed one (3.8.6 or newer), or else the wrapper. Remembered, as asking takes a second.
rem Not mavenrc_pre.cmd, which may name another JDK.
set "MAVEN_SKIP_RC=1"
rem Without quotes around it all: a value may have its own, around the bars of a list of hosts.
set MAVEN_OPTS=-XX:TieredStopAtLevel=1 %MAVEN_OPTS% --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED
if not exist "%state%\" mkdir "%state%" 2>nul
if not exist "%state%\" (
  echo Cannot write to "%root%": clone the workshop to a folder of your own.>&2
  exit /b 2
)
set "WORKSHOP_MVN="
if exist "%state%\maven" set /p WORKSHOP_MVN=<"%state%\maven"
if defined WORKSHOP_MVN if not exist "%WORKSHOP_MVN%" set "WORKSHOP_MVN="
if not defined WORKSHOP_MVN call :choose_maven
if "%~1"=="mvn" goto mvn

rem --- The build
set "number=1"
if exist "%state%\progress.json" for /f "tokens=2 delims=:, " %%N in ('findstr /c:"step" "%state%\progress.json"') do set "number=%%N"
set "step="
for /d %%S in ("%root%\step-1-*" "%root%\step-%number%-*") do if exist "%%~S\pom.xml" set "step=%%~nxS"
set "poms=pom.xml workshop\pom.xml %step%\pom.xml %step%\exercise\pom.xml %step%\solved\pom.xml"
set "built=%state%\built\%step%"
set "failed="
set "waiting="
call :is_stale
if defined stale call :locked_build
if defined failed exit /b 2

rem In the environment and not on the command line, which Windows limits.
for /f "usebackq delims=" %%P in ("%root%\workshop\target\classpath") do set "CLASSPATH=%root%\workshop\target\classes;%%P"
"%jdk%\bin\java.exe" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto --enable-native-access=ALL-UNNAMED -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8 "-Dworkshop.root=%root%" workshop.cli.Main %*
exit /b %errorlevel%

:mvn
rem run.cmd mvn ...: for authors, Maven as run.cmd calls it.
for /f "tokens=1,*" %%A in ("%*") do set "goals=%%B"
pushd "%root%"
call "%WORKSHOP_MVN%" %goals%
set "status=%errorlevel%"
popd
exit /b %status%

:no_jdk
if defined others (
  echo JDK%others:~1% is here, but it must be exactly 25, because no other release runs step 5's preview features: run 'winget install EclipseAdoptium.Temurin.25.JDK', or set WORKSHOP_JDK to the folder of a JDK 25.>&2
) else (
  echo JDK 25 was not found: run 'winget install EclipseAdoptium.Temurin.25.JDK', or set WORKSHOP_JDK to its folder.>&2
)
exit /b 2

rem Takes a folder when it is a JDK (not a JRE) of release 25, by its release file: no JVM is started.
:try
if defined jdk exit /b 0
if not exist "%~1\bin\javac.exe" exit /b 0
if not exist "%~1\release" exit /b 0
findstr /r /b /c:"JAVA_VERSION=.25[^0-9]" "%~1\release" >nul && set "jdk=%~f1"
if defined jdk exit /b 0
for /f "usebackq tokens=2,3 delims==." %%V in (`findstr /b "JAVA_VERSION=" "%~1\release"`) do (
  set "release=%%~V"
  rem JDK 8 calls itself 1.8.
  if "%%~V"=="1" set "release=%%~W"
)
echo %others%, | findstr /c:" %release%," >nul || set "others=%others%, %release%"
exit /b 0

:choose_maven
set "WORKSHOP_MVN=%root%\mvnw.cmd"
set "version=0"
set "mvn="
for /f "delims=" %%M in ('where mvn.cmd 2^>nul') do if not defined mvn set "mvn=%%M"
if not defined mvn goto remember_maven
for /f "tokens=3" %%V in ('call "%mvn%" -v 2^>nul ^| findstr /c:"Apache Maven"') do for /f "tokens=1-3 delims=.-" %%A in ("%%V") do set /a version=%%A*10000+%%B*100+%%C
if %version% GEQ 30806 set "WORKSHOP_MVN=%mvn%"
:remember_maven
rem By way of a for: a folder may have an ampersand in its name.
for %%M in ("%WORKSHOP_MVN%") do >"%state%\maven" echo %%~M
exit /b 0

rem Sets stale unless the last build of this step succeeded and nothing changed since: .workshop\built keeps a copy of what it was made of.
:is_stale
set "stale="
for %%F in (
  "%built%\pom.xml"
  "%root%\workshop\target\classes\workshop\cli\Main.class"
  "%root%\workshop\target\classpath"
  "%root%\%step%\exercise\target\classpath"
  "%root%\%step%\solved\target\classpath"
) do if not exist "%%~F" set "stale=yes"
if defined stale exit /b 0
rem The first 26 libraries of each, as many as a line of "for" takes apart, and no second piece of a line that is too long for it.
for %%m in (workshop "%step%\exercise" "%step%\solved") do (
  set "seen="
  for /f "usebackq tokens=1-26 delims=;" %%A in ("%root%\%%~m\target\classpath") do if not defined seen (
    set "seen=yes"
    for %%j in ("%%A" "%%B" "%%C" "%%D" "%%E" "%%F" "%%G" "%%H" "%%I" "%%J" "%%K" "%%L" "%%M" "%%N" "%%O" "%%P" "%%Q" "%%R" "%%S" "%%T" "%%U" "%%V" "%%W" "%%X" "%%Y" "%%Z") do if not "%%~j"=="" if not exist "%%~j" set "stale=yes"
  )
)
if defined stale exit /b 0
for %%P in (%poms%) do fc /b "%root%\%%P" "%built%\%%P" >nul 2>&1 || set "stale=yes"
robocopy "%root%\workshop\src\main" "%built%\workshop\src\main" /MIR /L /NJH /NJS /NFL /NDL >nul
if errorlevel 1 set "stale=yes"
exit /b 0

rem One build at a time: the second one cannot open the lock file while the first one, or the Maven that it started, has it open.
:locked_build
set "had_lock="
9>&2 2>nul (8>>"%state%\lock" (2>&9 call :build))
if defined had_lock exit /b 0
if not defined waiting echo Another run.cmd is building: waiting for it.>&2
set /a waiting+=1
if %waiting% GEQ 600 (
  echo The other one has not finished for 10 minutes, or nobody may write to "%state%\lock": end it, or delete that file.>&2
  set "failed=yes"
  exit /b 0
)
ping -n 2 127.0.0.1 >nul
call :is_stale
if defined stale goto locked_build
exit /b 0

:build
set "had_lock=yes"
call :is_stale
if not defined stale exit /b 0
set "retry="
if not exist "%state%\building\" goto keep_classes
rem The last build failed or was cut off: trust none of its classes, ask for each file again.
set "retry=-U"
rmdir /s /q "%state%\building" "%root%\workshop\target\classes" "%root%\workshop\target\maven-status" 2>nul
:keep_classes
robocopy "%root%\workshop\src\main" "%state%\building\workshop\src\main" /MIR /R:1 /W:1 >nul
mkdir "%state%\building\%step%\exercise" "%state%\building\%step%\solved"
for %%P in (%poms%) do copy /y "%root%\%%P" "%state%\building\%%P" >nul
if not exist "%root%\workshop\target\classpath" (
  echo First run: fetching the libraries and a PostgreSQL ^(about 70 MB, once^) and building. This takes a minute or two.>&2
) else if not exist "%built%\pom.xml" (
  echo First time in %step%: looking for its libraries ^(once^).>&2
) else (
  echo Building the workshop ^(some seconds^).>&2
)
pushd "%root%"
call "%WORKSHOP_MVN%" -B -e %retry% process-classes -Dmaven.main.skip -pl "workshop,%step%/exercise,%step%/solved" >"%log%" 2>&1 <nul
if errorlevel 1 set "failed=yes"
popd
if defined failed goto explain
if exist "%built%\" rmdir /s /q "%built%"
if not exist "%state%\built\" mkdir "%state%\built"
move "%state%\building" "%built%" >nul
exit /b 0

rem What went wrong and what to do next, instead of Maven's pages.
:explain
del "%state%\maven" 2>nul
set "full="
rem Maven always says something.
for %%L in ("%log%") do if "%%~zL"=="0" set "full=yes"
findstr /c:"No space left" /c:"not enough space on the disk" "%log%" >nul && set "full=yes"
if defined full (
  echo The disk is full.>&2
  echo Make 1 GB free, and once more: .\run.cmd.>&2
  goto explained
)
findstr /c:"PKIX path" "%log%" >nul && (
  echo The libraries could not be fetched: their server shows a certificate that Java does not know, as behind a proxy that reads along.>&2
  echo Add your company's certificate to the JDK ^("%jdk%\bin\keytool" -importcert -cacerts -storepass changeit -file CERTIFICATE^) and once more: .\run.cmd.>&2
  goto explained
)
findstr /c:"DownloadFile" "%log%" >nul && (
  echo Maven could not be fetched.>&2
  echo Check the network ^(a proxy belongs into Windows' settings: Network, Proxy^) or install Maven 3.8.6 or newer, so that mvn is found, and once more: .\run.cmd.>&2
  goto explained
)
findstr /c:"Could not transfer" "%log%" >nul && (
  echo The libraries could not be fetched.>&2
  echo Check the network ^(a proxy belongs into %%USERPROFILE%%\.m2\settings.xml: https://maven.apache.org/guides/mini/guide-proxies.html^) and once more: .\run.cmd; it goes on where it stopped.>&2
  goto explained
)
findstr /c:"COMPILATION ERROR" "%log%" >nul && (
  echo The workshop module does not compile:>&2
  findstr /r /c:"^.ERROR.*\.java:" "%log%" >&2
  echo If you did not mean to change it: git restore workshop>&2
  goto explained
)
echo Maven failed.>&2
findstr /b /c:"[ERROR]" "%log%" >&2
:explained
echo Maven's own words are in "%log%">&2
exit /b 0
